import type { Database } from '@quayside/database';
import type { JWK } from 'jose';

/** A key pair as it is stored. */
export interface StoredKey {
  kid: string;
  publicJwk: JWK;
  privateJwk: JWK;
  status: 'next' | 'active' | 'retired';
}

/** Every key that is published, oldest first. */
export async function findSigningKeys(database: Database): Promise<StoredKey[]> {
  const rows = await database.query<{
    kid: string;
    public_jwk: JWK;
    private_jwk: JWK;
    status: StoredKey['status'];
  }>('SELECT kid, public_jwk, private_jwk, status FROM signing_keys ORDER BY created_at, kid');
  return rows.map((row) => ({
    kid: row.kid,
    publicJwk: row.public_jwk,
    privateJwk: row.private_jwk,
    status: row.status,
  }));
}

/** Makes a key the active one unless there is one: of several replicas at once, the first wins. */
export async function insertFirstKey(
  database: Database,
  key: Omit<StoredKey, 'status'>,
): Promise<void> {
  await database.query(
    `INSERT INTO signing_keys (kid, public_jwk, private_jwk, status, activated_at)
     VALUES ($1, $2, $3, 'active', now())
     ON CONFLICT DO NOTHING`,
    [key.kid, key.publicJwk, key.privateJwk],
  );
}
