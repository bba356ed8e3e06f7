-- Entries that the release before 0004 wrote while it was replaced do not say whose handle stands in them. They are of payments,
-- which have two sides: it is the handle of whoever has the same payment in their own feed.
CREATE INDEX activity_older_payment ON activity (payment_id) WHERE counterpart_user_id IS NULL AND payment_id IS NOT NULL;

CREATE OR REPLACE FUNCTION erase_feed(erased uuid, name_shown text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO feed_counters AS counter (user_id, last_number, erased_at) VALUES (erased, 1, now())
  ON CONFLICT (user_id) DO UPDATE SET erased_at = coalesce(counter.erased_at, excluded.erased_at);
  UPDATE activity SET counterpart_handle = name_shown
  WHERE counterpart_user_id IS NULL AND counterpart_handle IS NOT NULL
    AND payment_id IN (SELECT own.payment_id FROM activity AS own WHERE own.user_id = erased AND own.payment_id IS NOT NULL);
  DELETE FROM activity WHERE user_id = erased;
  UPDATE activity SET counterpart_handle = name_shown WHERE counterpart_user_id = erased;
END $$;
