-- Keys by which machines act for a user. Exchanged for access tokens, and good for nothing else.
CREATE TABLE api_keys (
  key_id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identities ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  -- How the key begins: for people to recognise it.
  prefix text NOT NULL,
  -- SHA-256 of the whole key, which has 256 random bits.
  key_hash bytea NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_keys_user_id_idx ON api_keys (user_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys TO {{runtime_role}};
