-- The balance and the number of entries of every customer's account are what its entries add up to.
SELECT account_id, balance, entry_count, coalesce(sum(amount), 0) AS sum, count(entry_number) AS entries
FROM accounts LEFT JOIN entries USING (account_id)
WHERE user_id IS NOT NULL
GROUP BY account_id
HAVING balance <> coalesce(sum(amount), 0) OR entry_count <> count(entry_number) OR balance < 0;
