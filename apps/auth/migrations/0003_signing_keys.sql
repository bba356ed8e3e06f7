-- Keys that sign access tokens. Laid out for rotation: 'next' is published but does not sign yet, 'active'
-- signs, 'retired' is published until the last token that it signed has expired.
CREATE TABLE signing_keys (
  -- JWK thumbprint (RFC 7638).
  kid text PRIMARY KEY,
  public_jwk jsonb NOT NULL CHECK (NOT public_jwk ? 'd'),
  private_jwk jsonb NOT NULL CHECK (private_jwk ? 'd'),
  status text NOT NULL CHECK (status IN ('next', 'active', 'retired')),
  created_at timestamptz NOT NULL DEFAULT now(),
  activated_at timestamptz,
  retired_at timestamptz
);
-- At most one key of each kind, so replicas that start at once agree on one: the second insert conflicts.
CREATE UNIQUE INDEX signing_keys_one_active ON signing_keys (status) WHERE status = 'active';
CREATE UNIQUE INDEX signing_keys_one_next ON signing_keys (status) WHERE status = 'next';

GRANT SELECT, INSERT, UPDATE, DELETE ON signing_keys TO {{runtime_role}};
