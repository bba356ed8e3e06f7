import type { Database, Transaction } from '@quayside/database';
import type { JWK } from 'jose';
import type { Seal } from '../domain/seal';

/** A key pair as it is made. */
export interface KeyPair {
  kid: string;
  publicJwk: JWK;
  privateJwk: JWK;
}

/** A key pair as it is stored. */
export interface StoredKey {
  kid: string;
  publicJwk: JWK;
  /** Of a release that did not seal; then nothing is sealed. */
  privateJwk: JWK | null;
  privateSealed: Buffer | null;
  status: 'next' | 'active' | 'retired';
}

const COLUMNS = `kid, public_jwk AS "publicJwk", private_jwk AS "privateJwk",
  private_sealed AS "privateSealed", status`;

// Bound to the key id: one sealed key in the place of another does not open.
const purposeOf = (kid: string): string => `signing key ${kid}`;

/** The private part, sealed for its row. */
export const sealedPrivate = (seal: Seal, { kid, privateJwk }: KeyPair): Buffer =>
  seal.close(Buffer.from(JSON.stringify(privateJwk)), purposeOf(kid));

/** The private part in clear. Throws when the secret that sealed it is not set. */
export function openedPrivate(seal: Seal, { kid, privateJwk, privateSealed }: StoredKey): JWK {
  if (privateSealed === null) {
    if (privateJwk === null)
      throw new Error(`Signing key ${kid} is stored without a private part.`);
    return privateJwk;
  }
  return JSON.parse(seal.open(privateSealed, purposeOf(kid)).toString()) as JWK;
}

/** Every key that is published, oldest first. */
export function findSigningKeys(database: Database | Transaction): Promise<StoredKey[]> {
  return database.query<StoredKey>(`SELECT ${COLUMNS} FROM signing_keys ORDER BY created_at, kid`);
}

/** Makes a key the active one unless there is one: of several replicas at once, the first wins. */
export async function insertFirstKey(database: Database, seal: Seal, key: KeyPair): Promise<void> {
  await database.query(
    `INSERT INTO signing_keys (kid, public_jwk, private_sealed, status, activated_at)
     VALUES ($1, $2, $3, 'active', now())
     ON CONFLICT DO NOTHING`,
    [key.kid, key.publicJwk, sealedPrivate(seal, key)],
  );
}

/** Seals what is stored in clear or under the previous secret, and says how many keys that were. */
export function sealKeys(database: Database, seal: Seal): Promise<number> {
  return database.transaction(async (tx) => {
    await takeTurn(tx);
    const keys = await findSigningKeys(tx);
    const due = keys.filter(
      ({ privateSealed }) => privateSealed === null || !seal.isCurrent(privateSealed),
    );
    for (const key of due) {
      const sealed = sealedPrivate(seal, { ...key, privateJwk: openedPrivate(seal, key) });
      await tx.query(
        'UPDATE signing_keys SET private_sealed = $2, private_jwk = NULL WHERE kid = $1',
        [key.kid, sealed],
      );
    }
    return due.length;
  });
}

/** Who changes keys waits here for who changes them now; until the end of the transaction. */
export const takeTurn = (tx: Transaction) =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtext('quayside signing keys'))`);
