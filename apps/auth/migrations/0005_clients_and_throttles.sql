-- Where a session was last used from, so that its owner can tell which one it is.
ALTER TABLE sessions
  -- The user agent, shortened; empty when unknown.
  ADD COLUMN device text NOT NULL DEFAULT '' CHECK (length(device) <= 120),
  ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 45),
  -- What counts as one place (domain/client.ts): the address, or the /64 of an IPv6 address.
  ADD COLUMN network text NOT NULL DEFAULT '' CHECK (length(network) <= 45);

-- Failed attempts, shared by all replicas. A key is the SHA-256 of what is counted (domain/throttle.ts): who was
-- tried, and from where, stands here in no readable form.
CREATE TABLE throttles (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  failures integer NOT NULL DEFAULT 0,
  last_failure_at timestamptz NOT NULL DEFAULT now(),
  -- Nothing is tried before.
  blocked_until timestamptz NOT NULL DEFAULT now()
) WITH (
  -- Every sign-in writes and removes a row.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000
);
CREATE INDEX throttles_last_failure_at_idx ON throttles (last_failure_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON throttles TO {{runtime_role}};
