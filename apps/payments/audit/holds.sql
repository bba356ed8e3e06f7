-- What every account holds is the sum of its owner's open holds, and never more than its balance.
WITH open_holds AS (
  SELECT payer_user_id AS user_id, currency, sum(amount) AS amount
  FROM payments WHERE status = 'authorized' GROUP BY payer_user_id, currency
)
SELECT account_id, user_id, currency, held, open_holds.amount AS open_holds, balance
FROM accounts FULL JOIN open_holds USING (user_id, currency)
WHERE coalesce(held, 0) <> coalesce(open_holds.amount, 0) OR held > balance;
