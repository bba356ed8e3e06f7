-- Resets that somebody has asked for and whose mail is not sent yet. A row says nothing of whether the address is
-- known, and holds no token: it is made when the mail is.
CREATE TABLE password_reset_requests (
  email_normalised text PRIMARY KEY,
  requested_at timestamptz NOT NULL DEFAULT now(),
  -- Whoever sends the mail moves this on first: others leave the row alone meanwhile.
  next_attempt_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX password_reset_requests_next_attempt_at_idx ON password_reset_requests (next_attempt_at);

-- Tokens that were sent. Used ones are deleted, all others of the user with them.
CREATE TABLE password_reset_tokens (
  -- SHA-256 of the token, which is 256 random bits.
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  user_id uuid NOT NULL REFERENCES identities ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX password_reset_tokens_user_id_idx ON password_reset_tokens (user_id);
CREATE INDEX password_reset_tokens_expires_at_idx ON password_reset_tokens (expires_at);

-- Where the password was set by a reset: a place of its owner, as those of their sessions are. Empty once it was changed.
ALTER TABLE identities ADD COLUMN reset_network text NOT NULL DEFAULT '' CHECK (length(reset_network) <= 45);

GRANT SELECT, INSERT, UPDATE, DELETE ON password_reset_requests, password_reset_tokens TO {{runtime_role}};
