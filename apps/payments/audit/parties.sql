-- Money moved between the people that the payment, refund or top-up names, in its currency. A top-up's money comes
-- from a system account, which has no user.
WITH origins AS (
  SELECT payment_id AS reference_id, CASE WHEN expires_at IS NULL THEN 'payment' ELSE 'capture' END AS kind, payer_user_id AS from_user, payee_user_id AS to_user, currency
  FROM payments
  UNION ALL
  SELECT payment_id, 'fee', payee_user_id, NULL, currency FROM payments
  UNION ALL
  SELECT refund_id, 'refund', payee_user_id, payer_user_id, refunds.currency FROM refunds JOIN payments USING (payment_id)
  UNION ALL
  SELECT top_up_id, 'top_up', NULL, user_id, currency FROM top_ups
  UNION ALL
  SELECT top_up_id, kind, NULL, NULL, currency FROM top_ups, (VALUES ('card_charge'), ('card_refund')) AS of_card (kind)
)
SELECT transfer_id, kind, from_user, debit.user_id AS debited, to_user, credit.user_id AS credited,
       origins.currency AS asked, transfers.currency AS moved
FROM transfers
JOIN origins USING (reference_id, kind)
JOIN accounts AS debit ON debit.account_id = debit_account_id
JOIN accounts AS credit ON credit.account_id = credit_account_id
WHERE (from_user, to_user, origins.currency) IS DISTINCT FROM (debit.user_id, credit.user_id, transfers.currency);
