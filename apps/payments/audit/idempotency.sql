-- Every key leads either to a refusal or to what its own caller made with it.
SELECT caller, operation, key, result_id, refusal
FROM idempotency_keys
LEFT JOIN payments AS made ON operation = 'payment' AND made.payment_id = result_id AND made.payer_user_id = caller
LEFT JOIN top_ups ON operation = 'top_up' AND top_up_id = result_id AND top_ups.user_id = caller
LEFT JOIN (refunds JOIN payments AS refunded USING (payment_id))
  ON operation = 'refund' AND refund_id = result_id AND refunded.payee_user_id = caller
LEFT JOIN payments AS settled ON refusal IS NULL AND settled.payment_id = result_id AND settled.payee_user_id = caller
  AND (operation, settled.status) IN (('capture', 'completed'), ('void', 'voided'))
WHERE (refusal IS NULL) = (coalesce(made.payment_id, top_up_id, refund_id, settled.payment_id) IS NULL);
