-- What its customer sees of a card top-up is what came of it; none is left lying, and none needs a person.
SELECT top_up_id, state, status, reason, attempts, next_attempt_at,
       CASE WHEN state = 'needs_attention' THEN 'needs a person'
            WHEN state IN ('charging', 'charged', 'refunding') AND status <> 'completed' THEN 'nobody goes on with it'
            ELSE 'shown as something else' END AS problem
FROM card_top_ups JOIN top_ups USING (top_up_id)
WHERE state = 'needs_attention'
  -- A quarter of an hour after somebody should have: every replica looks every second.
  OR (state IN ('charging', 'charged', 'refunding') AND next_attempt_at < now() - interval '15 minutes')
  OR (state = 'completed') <> (status = 'completed')
  OR (state IN ('failed', 'refunded') AND status <> 'failed')
  OR (state IN ('charging', 'charged') AND status <> 'pending');
