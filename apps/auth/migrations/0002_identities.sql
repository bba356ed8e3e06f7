-- Who can sign in. The e-mail address leaves this table in no event and no answer.
CREATE TABLE identities (
  user_id uuid PRIMARY KEY,
  -- As the person wrote it; mail is sent there.
  email text NOT NULL,
  -- What makes two addresses the same one (domain/email.ts).
  email_normalised text NOT NULL,
  -- PHC string: algorithm, parameters and salt travel with the hash, so that it can be redone at login.
  password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  password_changed_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT identities_email_key UNIQUE (email_normalised)
);

-- One per sign-in: the family that all refresh tokens descending from it belong to.
CREATE TABLE sessions (
  session_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identities ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  -- Absolute end, whatever is refreshed.
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text,
  CONSTRAINT sessions_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);

-- Single-use tokens. A used one is kept until it would have expired, to recognise that it is used again.
CREATE TABLE refresh_tokens (
  -- SHA-256 of the token. A token is 256 random bits, so it needs neither salt nor a slow hash.
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  -- The token that was exchanged for this one; none for the first of a session.
  parent_hash bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Idle end: not later than the session's.
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON identities, sessions, refresh_tokens TO {{runtime_role}};
