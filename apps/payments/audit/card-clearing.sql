-- In card_clearing lies what was taken from cards and is neither credited nor given back yet, and nothing else.
WITH clearing AS (
  SELECT account_id, currency FROM accounts WHERE system_name = 'card_clearing'
), lies AS (
  SELECT clearing.currency, sum(CASE WHEN credit_account_id = account_id THEN amount ELSE -amount END) AS amount
  FROM clearing JOIN transfers ON account_id IN (debit_account_id, credit_account_id)
  GROUP BY clearing.currency
), owed AS (
  SELECT currency, sum(amount) AS amount FROM card_top_ups JOIN top_ups USING (top_up_id)
  WHERE charge_id IS NOT NULL AND state NOT IN ('completed', 'refunded')
  GROUP BY currency
)
SELECT currency, lies.amount AS lies, owed.amount AS owed FROM lies FULL JOIN owed USING (currency)
WHERE coalesce(lies.amount, 0) <> coalesce(owed.amount, 0);
