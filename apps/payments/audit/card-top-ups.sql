-- What its customer sees of a card top-up is what came of it.
SELECT top_up_id, state, status, reason, attempts, next_attempt_at
FROM card_top_ups JOIN top_ups USING (top_up_id)
WHERE (state = 'completed') <> (status = 'completed')
  OR (state IN ('failed', 'refunded') AND status <> 'failed')
  OR (state IN ('charging', 'charged') AND status <> 'pending');
