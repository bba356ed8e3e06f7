-- What an identity may do is decided by its role (domain/roles.ts).
ALTER TABLE identities ADD COLUMN role text NOT NULL DEFAULT 'customer'
  CONSTRAINT known_role CHECK (role IN ('customer', 'support', 'admin'));

-- Whether the successor of a token that is presented again has been used.
CREATE INDEX refresh_tokens_parent_hash_idx ON refresh_tokens (parent_hash);
