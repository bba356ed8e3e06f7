import type { Database, Transaction } from '@quayside/database';
import type { Seal } from '../domain/seal';

/** The authenticator of a user. */
export interface StoredFactor {
  secretSealed: Buffer;
  confirmed: boolean;
}

/** Bound to its owner: one sealed secret in the place of another does not open. */
export const factorPurpose = (userId: string): string => `second factor of ${userId}`;

/** Stores a secret that is not confirmed yet, in the place of another such; false when one is confirmed. */
export async function enrolFactor(
  tx: Transaction,
  userId: string,
  secretSealed: Buffer,
): Promise<boolean> {
  const stored = await tx.query(
    `INSERT INTO second_factors AS f (user_id, secret_sealed) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET secret_sealed = $2, created_at = now(), last_step = 0
       WHERE f.confirmed_at IS NULL
     RETURNING user_id`,
    [userId, secretSealed],
  );
  return stored.length > 0;
}

/** The authenticator of a user, confirmed or not, if there is one. */
export async function findFactor(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<StoredFactor | undefined> {
  const [found] = await database.query<StoredFactor>(
    `SELECT secret_sealed AS "secretSealed", confirmed_at IS NOT NULL AS confirmed
     FROM second_factors WHERE user_id = $1`,
    [userId],
    { deadline },
  );
  return found;
}

/** Takes the code of a time step; false when that step, or a later one, was taken before (RFC 6238 5.2). */
export async function takeStep(
  tx: Transaction,
  { userId, secretSealed, step }: { userId: string; secretSealed: Buffer; step: number },
): Promise<boolean> {
  const taken = await tx.query(
    `UPDATE second_factors SET last_step = $3
     WHERE user_id = $1 AND secret_sealed = $2 AND last_step < $3 RETURNING user_id`,
    [userId, secretSealed, step],
  );
  return taken.length > 0;
}

/** Lets an authenticator count from now on, with these recovery codes; false when it counts already. */
export async function confirmFactor(
  tx: Transaction,
  userId: string,
  codeHashes: readonly Buffer[],
): Promise<boolean> {
  const confirmed = await tx.query(
    `UPDATE second_factors SET confirmed_at = now() WHERE user_id = $1 AND confirmed_at IS NULL
     RETURNING user_id`,
    [userId],
  );
  if (confirmed.length === 0) return false;
  await tx.query('INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    userId,
    codeHashes,
  ]);
  return true;
}

/** Takes a recovery code; false when there is none with this hash any more. */
export async function takeRecoveryCode(
  tx: Transaction,
  userId: string,
  codeHash: Buffer,
): Promise<boolean> {
  const taken = await tx.query(
    'DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2 RETURNING user_id',
    [userId, codeHash],
  );
  return taken.length > 0;
}

/** How many recovery codes a user has left. */
export async function countRecoveryCodes(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM recovery_codes WHERE user_id = $1',
    [userId],
    { deadline },
  );
  return row?.count ?? 0;
}

/** Removes the authenticator of a user with its recovery codes; false when there is none. */
export async function removeFactor(tx: Transaction, userId: string): Promise<boolean> {
  const removed = await tx.query(
    'DELETE FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL RETURNING user_id',
    [userId],
  );
  return removed.length > 0;
}

/** Seals at most `limit` secrets anew that were sealed with the previous secret. */
export async function sealFactors(database: Database, seal: Seal, limit: number): Promise<void> {
  const due = await database.query<{ userId: string; secretSealed: Buffer }>(
    `SELECT user_id AS "userId", secret_sealed AS "secretSealed" FROM second_factors
     WHERE substr(secret_sealed, 1, $2) <> $1 LIMIT $3`,
    [seal.head, seal.head.length, limit],
  );
  for (const { userId, secretSealed } of due) {
    const purpose = factorPurpose(userId);
    await database.query(
      'UPDATE second_factors SET secret_sealed = $3 WHERE user_id = $1 AND secret_sealed = $2',
      [userId, secretSealed, seal.close(seal.open(secretSealed, purpose), purpose)],
    );
  }
}
