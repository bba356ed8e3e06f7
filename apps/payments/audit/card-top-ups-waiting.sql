-- No card top-up is left lying, and none needs a person.
SELECT top_up_id, state, status, reason, attempts, next_attempt_at,
       CASE WHEN state = 'needs_attention' THEN 'needs a person' ELSE 'nobody goes on with it' END AS problem
FROM card_top_ups JOIN top_ups USING (top_up_id)
WHERE state = 'needs_attention'
  -- A quarter of an hour after somebody should have: every replica looks every second.
  OR (state IN ('charging', 'charged', 'refunding') AND next_attempt_at < now() - interval '15 minutes');
