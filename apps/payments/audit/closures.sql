-- Who is closed has no open account, no undecided top-up and no hold to receive; and nobody else's account is closed.
SELECT coalesce(accounts.user_id, closures.user_id) AS user_id, accounts.account_id, accounts.status, closed_at, payment_id, top_up_id
FROM accounts
FULL JOIN closures ON closures.user_id = accounts.user_id
LEFT JOIN payments ON payee_user_id = closures.user_id AND payments.status = 'authorized'
LEFT JOIN top_ups ON top_ups.user_id = closures.user_id AND top_ups.status = 'pending'
WHERE system_name IS NULL
  AND ((closed_at IS NULL) = (coalesce(accounts.status, 'closed') = 'closed')
    OR payment_id IS NOT NULL OR top_up_id IS NOT NULL);
