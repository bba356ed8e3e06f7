-- The activity feed: a read model built from events, one numbered list per user.

-- The last number given to each user. Updating the row is also the per-user lock: numbers become visible in
-- the order in which they were given, so a cursor never passes over one that is still uncommitted.
CREATE TABLE feed_counters (
  user_id uuid PRIMARY KEY,
  last_number bigint NOT NULL CHECK (last_number > 0)
) WITH (fillfactor = 50); -- updated all the time: room on the page keeps the updates out of the index

CREATE TABLE activity (
  user_id uuid NOT NULL,
  number bigint NOT NULL,
  activity_id uuid NOT NULL,
  type text NOT NULL CHECK (
    type IN (
      'account_opened',
      'top_up_completed',
      'payment_sent',
      'payment_received',
      'refund_sent',
      'refund_received'
    )
  ),
  occurred_at timestamptz NOT NULL,
  amount bigint CHECK (amount > 0),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  counterpart_handle text,
  payment_id uuid,
  refund_id uuid,
  top_up_id uuid,
  account_id uuid,
  description text NOT NULL DEFAULT '',
  PRIMARY KEY (user_id, number),
  CHECK ((amount IS NULL) = (currency IS NULL))
);

GRANT SELECT, INSERT, UPDATE ON feed_counters TO {{runtime_role}};
GRANT SELECT, INSERT ON activity TO {{runtime_role}};
