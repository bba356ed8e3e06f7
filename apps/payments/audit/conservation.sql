-- What customers hold is what the system accounts have given out, per currency.
WITH held AS (
  SELECT currency, sum(balance) AS amount FROM accounts WHERE user_id IS NOT NULL GROUP BY currency
), system AS (
  SELECT account_id FROM accounts WHERE system_name IS NOT NULL
), given AS (
  SELECT currency, sum(
    CASE WHEN debit_account_id IN (SELECT account_id FROM system) THEN amount ELSE 0 END
    - CASE WHEN credit_account_id IN (SELECT account_id FROM system) THEN amount ELSE 0 END) AS amount
  FROM transfers GROUP BY currency
)
SELECT currency, held.amount AS held, given.amount AS given FROM held FULL JOIN given USING (currency)
WHERE coalesce(held.amount, 0) <> coalesce(given.amount, 0);
