import type { Database, Transaction } from '@quayside/database';
import type { RotationTimes } from '../domain/rotation';
import type { Seal } from '../domain/seal';
import { newKeyPair } from '../domain/signing-keys';
import { sealedPrivate, takeTurn } from './signing-keys';

/** What one step changed. */
export interface RotationStep {
  /** Key id of the key that was published as the next one. */
  published?: string;
  /** Key id of the key that signs from now on. */
  activated?: string;
  /** Key ids that are no longer published. */
  removed: string[];
}

interface Kid {
  kid: string;
}

async function removeRetired(tx: Transaction, retireSeconds: number): Promise<string[]> {
  const rows = await tx.query<Kid>(
    `DELETE FROM signing_keys
     WHERE status = 'retired' AND retired_at <= now() - make_interval(secs => $1)
     RETURNING kid`,
    [retireSeconds],
  );
  return rows.map(({ kid }) => kid);
}

async function activateNext(tx: Transaction, publishSeconds: number): Promise<string | undefined> {
  const [due] = await tx.query<Kid>(
    `SELECT kid FROM signing_keys
     WHERE status = 'next' AND created_at <= now() - make_interval(secs => $1)`,
    [publishSeconds],
  );
  if (!due) return undefined;
  await tx.query(
    `UPDATE signing_keys SET status = 'retired', retired_at = now() WHERE status = 'active'`,
  );
  await tx.query(`UPDATE signing_keys SET status = 'active', activated_at = now() WHERE kid = $1`, [
    due.kid,
  ]);
  return due.kid;
}

// Only beside an active key that is old enough, and at most one: a second call changes nothing.
async function publishNext(
  tx: Transaction,
  seal: Seal,
  activeForSeconds: number,
): Promise<string | undefined> {
  const pair = await newKeyPair();
  const [published] = await tx.query<Kid>(
    `INSERT INTO signing_keys (kid, public_jwk, private_sealed, status)
     SELECT $1, $2, $3, 'next' FROM signing_keys
     WHERE status = 'active' AND activated_at <= now() - make_interval(secs => $4)
     ON CONFLICT DO NOTHING
     RETURNING kid`,
    [pair.kid, pair.publicJwk, sealedPrivate(seal, pair), activeForSeconds],
  );
  return published?.kid;
}

/**
 * Moves the keys on by what is due: removes retired ones, lets the next one sign, and publishes a next one
 * when the active one has signed for `everySeconds` (0: at once). Any number of replicas may call it.
 */
export function rotateKeys(
  database: Database,
  seal: Seal,
  times: RotationTimes,
  everySeconds: number,
): Promise<RotationStep> {
  return database.transaction(async (tx) => {
    await takeTurn(tx);
    const removed = await removeRetired(tx, times.retireSeconds);
    const activated = await activateNext(tx, times.publishSeconds);
    const published = activated ? undefined : await publishNext(tx, seal, everySeconds);
    return { removed, ...(activated && { activated }), ...(published && { published }) };
  });
}

/**
 * For keys that somebody else may know: removes every key, the published next one included, and signs with a
 * new one at once. Tokens of the old keys are refused as soon as verifiers fetch the keys again.
 */
export function replaceKeys(database: Database, seal: Seal): Promise<RotationStep> {
  return database.transaction(async (tx) => {
    await takeTurn(tx);
    const rows = await tx.query<Kid>('DELETE FROM signing_keys RETURNING kid');
    const pair = await newKeyPair();
    await tx.query(
      `INSERT INTO signing_keys (kid, public_jwk, private_sealed, status, activated_at)
       VALUES ($1, $2, $3, 'active', now())`,
      [pair.kid, pair.publicJwk, sealedPrivate(seal, pair)],
    );
    return { activated: pair.kid, removed: rows.map((row) => row.kid) };
  });
}
