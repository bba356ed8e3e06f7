-- Every transfer has exactly the entries of its customers' sides.
WITH legs AS (
  SELECT transfer_id, debit_account_id AS account_id, -amount AS amount FROM transfers
  UNION ALL
  SELECT transfer_id, credit_account_id, amount FROM transfers
), expected AS (
  SELECT transfer_id, account_id, legs.amount FROM legs JOIN accounts USING (account_id) WHERE user_id IS NOT NULL
)
SELECT transfer_id, account_id, expected.amount AS expected, entries.amount AS found
FROM expected FULL JOIN entries USING (transfer_id, account_id)
WHERE expected.amount IS DISTINCT FROM entries.amount;
