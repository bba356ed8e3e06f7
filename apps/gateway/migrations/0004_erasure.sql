-- Feeds of users who were erased: theirs are gone, and in those of others they have no name.

-- What is left of somebody who was erased: that they were. Events that come late then add nothing.
ALTER TABLE feed_counters ADD COLUMN erased_at timestamptz;

-- Whose handle stands in the entry, so that it can be taken out.
ALTER TABLE activity ADD COLUMN counterpart_user_id uuid;
UPDATE activity SET counterpart_user_id = other.user_id
FROM activity AS other
WHERE other.payment_id = activity.payment_id AND other.user_id <> activity.user_id;
CREATE INDEX activity_counterpart ON activity (counterpart_user_id) WHERE counterpart_user_id IS NOT NULL;

-- The running service may not change the feed; this is the one exception. Whoever adds to the feed of either side holds
-- the counter of both, so nothing is added meanwhile that this would miss.
CREATE FUNCTION erase_feed(erased uuid, name_shown text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO feed_counters AS counter (user_id, last_number, erased_at) VALUES (erased, 1, now())
  ON CONFLICT (user_id) DO UPDATE SET erased_at = coalesce(counter.erased_at, excluded.erased_at);
  DELETE FROM activity WHERE user_id = erased;
  UPDATE activity SET counterpart_handle = name_shown WHERE counterpart_user_id = erased;
END $$;
REVOKE EXECUTE ON FUNCTION erase_feed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_feed TO {{runtime_role}};
