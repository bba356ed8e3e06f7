-- Every payment, refund and top-up has its transfer, every transfer its origin, and nothing is refunded twice.
WITH origins AS (
  SELECT payment_id AS reference_id, 'payment' AS kind, amount FROM payments
  UNION ALL SELECT refund_id, 'refund', amount FROM refunds
  UNION ALL SELECT top_up_id, 'top_up', amount FROM top_ups WHERE status = 'completed'
)
SELECT reference_id, kind, origins.amount AS asked, transfers.amount AS moved
FROM origins FULL JOIN transfers USING (reference_id, kind)
WHERE origins.amount IS DISTINCT FROM transfers.amount
UNION ALL
SELECT payment_id, 'refunded', refunded, coalesce(sum(refunds.amount), 0)::bigint
FROM payments LEFT JOIN refunds USING (payment_id)
GROUP BY payment_id
HAVING refunded <> coalesce(sum(refunds.amount), 0) OR refunded > payments.amount;
