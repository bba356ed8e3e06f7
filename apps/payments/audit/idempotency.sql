-- Every key that was not refused points to what was made with it.
SELECT caller, operation, key, result_id FROM idempotency_keys
WHERE refusal IS NULL
  AND result_id NOT IN (
    SELECT payment_id FROM payments UNION ALL SELECT refund_id FROM refunds UNION ALL SELECT top_up_id FROM top_ups);
