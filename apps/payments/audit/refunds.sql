-- What was refunded of a payment is the sum of its refunds, and not more than was paid or captured.
SELECT payment_id, payments.amount, refunded, coalesce(sum(refunds.amount), 0) AS sum
FROM payments LEFT JOIN refunds USING (payment_id)
GROUP BY payment_id
HAVING refunded <> coalesce(sum(refunds.amount), 0) OR refunded > coalesce(captured, payments.amount);
