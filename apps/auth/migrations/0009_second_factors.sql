-- One-time passwords by time (RFC 6238): at most one authenticator per identity.
CREATE TABLE second_factors (
  user_id uuid PRIMARY KEY REFERENCES identities ON DELETE CASCADE,
  -- Encrypted (domain/seal.ts): unlike a password it must be readable to be checked.
  secret_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Counts from then on.
  confirmed_at timestamptz,
  -- The last time step whose code was used: no code is taken twice.
  last_step bigint NOT NULL DEFAULT 0
);

-- Each works once instead of a code, and is deleted by that. SHA-256 of 80 random bits with the user's id.
CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES second_factors ON DELETE CASCADE,
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  PRIMARY KEY (user_id, code_hash)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors, recovery_codes TO {{runtime_role}};
