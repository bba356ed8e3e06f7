-- What was asked for in the running windows of the limits that all replicas share; the columns are rate-limiter-flexible's.
-- Unlogged: counts of some minutes are not worth the writing, and after a crash they begin anew.
CREATE UNLOGGED TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  -- Milliseconds since the epoch; the package reckons with them as numbers.
  expire double precision
) WITH (fillfactor = 50); -- updated all the time: room on the page keeps the updates out of the index

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO {{runtime_role}};
