-- Every payment that moved at once, every capture, refund, completed top-up, and every charge and refund of a card has its transfer, of the same amount, and every transfer its origin.
WITH origins AS (
  SELECT payment_id AS reference_id, 'payment' AS kind, amount FROM payments WHERE expires_at IS NULL
  UNION ALL SELECT payment_id, 'capture', captured FROM payments WHERE captured IS NOT NULL
  UNION ALL SELECT payment_id, 'fee', fee FROM payments WHERE fee > 0
  UNION ALL SELECT refund_id, 'refund', amount FROM refunds
  UNION ALL SELECT top_up_id, 'top_up', amount FROM top_ups WHERE status = 'completed'
  UNION ALL SELECT top_up_id, 'card_charge', amount FROM card_top_ups JOIN top_ups USING (top_up_id) WHERE charge_id IS NOT NULL
  UNION ALL SELECT top_up_id, 'card_refund', amount FROM card_top_ups JOIN top_ups USING (top_up_id) WHERE state = 'refunded'
)
SELECT reference_id, kind, origins.amount AS asked, transfers.amount AS moved
FROM origins FULL JOIN transfers USING (reference_id, kind)
WHERE origins.amount IS DISTINCT FROM transfers.amount;
