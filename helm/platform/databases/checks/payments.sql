-- After a restore of payments: is the ledger whole? Every count must be 0. Reads only; run it as the owner.
--   psql "$DATABASE_URL" -f helm/platform/databases/checks/payments.sql
SELECT 'accounts whose balance is not that of their last entry' AS problem, count(*) AS found
  FROM accounts
  LEFT JOIN LATERAL (
    SELECT balance_after, entry_number FROM entries
     WHERE entries.account_id = accounts.account_id ORDER BY entry_number DESC LIMIT 1
  ) AS last ON true
 WHERE user_id IS NOT NULL
   AND (balance <> coalesce(balance_after, 0) OR entry_count <> coalesce(entry_number, 0))
UNION ALL
SELECT 'accounts whose entries do not add up to their balance', count(*)
  FROM accounts
 WHERE user_id IS NOT NULL
   AND balance <> (SELECT coalesce(sum(amount), 0) FROM entries WHERE entries.account_id = accounts.account_id)
UNION ALL
SELECT 'transfers without an entry for each customer account', count(*)
  FROM transfers
 WHERE (SELECT count(*) FROM entries WHERE entries.transfer_id = transfers.transfer_id)
    <> (SELECT count(*) FROM accounts
         WHERE user_id IS NOT NULL AND account_id IN (debit_account_id, credit_account_id))
UNION ALL
SELECT 'payments without their transfer', count(*)
  FROM payments
 -- A hold moves nothing until it is captured.
 WHERE (expires_at IS NULL OR captured IS NOT NULL)
   AND NOT EXISTS (
   SELECT FROM transfers
    WHERE transfers.payment_id = payments.payment_id AND kind IN ('payment', 'capture')
      AND transfers.amount = coalesce(captured, payments.amount) AND transfers.currency = payments.currency)
UNION ALL
SELECT 'accounts that hold more or less than their open holds', count(*)
  FROM accounts
 WHERE held <> (
   SELECT coalesce(sum(amount), 0) FROM payments
    WHERE payer_user_id = accounts.user_id AND payments.currency = accounts.currency AND status = 'authorized')
UNION ALL
SELECT 'payments whose refunds do not add up', count(*)
  FROM payments
 WHERE refunded <> (SELECT coalesce(sum(amount), 0) FROM refunds WHERE refunds.payment_id = payments.payment_id)
UNION ALL
SELECT 'completed top-ups without their transfer', count(*)
  FROM top_ups
 WHERE status = 'completed'
   AND NOT EXISTS (SELECT FROM transfers WHERE reference_id = top_up_id AND kind = 'top_up')
UNION ALL
-- A dump restored without its grants: the service would start and fail, or worse, be allowed everything.
SELECT 'tables of the ledger that the running service may change', count(*)
  FROM unnest(ARRAY['transfers', 'entries']) AS name
 WHERE has_table_privilege('payments_app', name, 'UPDATE, DELETE, TRUNCATE')
    OR NOT has_table_privilege('payments_app', name, 'SELECT');
