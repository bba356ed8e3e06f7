-- Copied from libs/messaging/schema.sql into each service as migrations/0001_messaging.sql; a test compares them.

-- Events on their way to Kafka, written in the transaction of the change that they announce. The relay sends
-- what it finds here, in the order of `position`, and deletes what the broker has accepted.
CREATE TABLE outbox (
  -- Insert after the aggregate's row lock is taken: then the positions of one key become visible in order.
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The CloudEvents id: the same however often the event is sent.
  id uuid NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  -- Protobuf.
  payload bytea NOT NULL,
  -- Further message headers, among them the trace context of the transaction.
  headers jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
) WITH (
  -- Every row lives for milliseconds: vacuum by count, not by a share of a table that is nearly empty.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000
);

-- Messages that have been applied, written in the transaction of their effect: delivered twice, applied once.
CREATE TABLE inbox (
  consumer_group text NOT NULL,
  message_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer_group, message_id)
);
-- For the deletion of old rows. They arrive in this order, so the smallest kind of index will do.
CREATE INDEX inbox_received_at_idx ON inbox USING brin (received_at);

GRANT SELECT, INSERT, DELETE ON outbox, inbox TO {{runtime_role}};
