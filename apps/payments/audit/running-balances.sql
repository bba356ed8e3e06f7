-- Entries are numbered without gaps, and each one's balance is the sum of all up to it.
SELECT * FROM (
  SELECT account_id, entry_number, balance_after,
         row_number() OVER w AS number_by_count, sum(amount) OVER w AS balance_by_sum
  FROM entries WINDOW w AS (PARTITION BY account_id ORDER BY entry_number)
) AS numbered
WHERE entry_number <> number_by_count OR balance_after <> balance_by_sum;
