-- Private signing keys are encrypted (domain/seal.ts). The service seals what it finds in clear when it starts: SQL does
-- not have the key. The column with keys in clear stays for the release before, whose running replicas go on with the
-- keys that they have read. They cannot start again: this step goes forward only.
ALTER TABLE signing_keys
  ADD COLUMN private_sealed bytea,
  ALTER COLUMN private_jwk DROP NOT NULL,
  ADD CONSTRAINT signing_keys_one_private CHECK (num_nonnulls(private_jwk, private_sealed) = 1);
