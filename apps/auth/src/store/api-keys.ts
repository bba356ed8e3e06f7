import type { Database, Transaction } from '@quayside/database';
import type { NewApiKey } from '../domain/api-key';
import type { Role } from '../domain/roles';
import type { EndedSession } from './sessions';

/** What is known of a key. */
export interface StoredApiKey {
  keyId: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

const COLUMNS = `key_id AS "keyId", name, prefix, scopes, created_at AS "createdAt",
  expires_at AS "expiresAt", last_used_at AS "lastUsedAt"`;
const WORKS = 'revoked_at IS NULL AND expires_at > now()';

/** Most keys that one user has at a time. */
export const MOST_KEYS = 20;

/**
 * Writes a key; undefined when its owner has got as many as they may have. The owner must be locked, so that two at once do
 * not make one too many.
 */
export async function insertApiKey(
  tx: Transaction,
  key: NewApiKey & { keyId: string; userId: string; prefix: string; keyHash: Buffer },
): Promise<StoredApiKey | undefined> {
  const [made] = await tx.query<StoredApiKey>(
    `INSERT INTO api_keys (key_id, user_id, name, prefix, key_hash, scopes, expires_at)
     SELECT $1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)
     WHERE (SELECT count(*) FROM api_keys WHERE user_id = $2 AND ${WORKS}) < $8
     RETURNING ${COLUMNS}`,
    [key.keyId, key.userId, key.name, key.prefix, key.keyHash, key.scopes, key.days, MOST_KEYS],
  );
  return made;
}

/** A user's keys that work, the newest first. */
export function findApiKeys(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<StoredApiKey[]> {
  return database.query<StoredApiKey>(
    `SELECT ${COLUMNS} FROM api_keys WHERE user_id = $1 AND ${WORKS} ORDER BY created_at DESC, key_id`,
    [userId],
    { deadline },
  );
}

/** Whose key was used, and what it may do. */
export interface UsedApiKey {
  keyId: string;
  userId: string;
  scopes: string[];
  role: Role;
  secondFactor: boolean;
}

/** Finds the key of a hash, if it works, and notes its use: at most once a minute, as nobody needs it finer. */
export async function useApiKey(
  database: Database,
  keyHash: Buffer,
  deadline: Date,
): Promise<UsedApiKey | undefined> {
  const [used] = await database.query<UsedApiKey>(
    `WITH noted AS (
       UPDATE api_keys SET last_used_at = now()
       WHERE key_hash = $1 AND ${WORKS}
         AND coalesce(last_used_at < now() - interval '1 minute', true))
     SELECT key_id AS "keyId", user_id AS "userId", scopes, role,
       EXISTS (SELECT FROM second_factors f WHERE f.user_id = k.user_id AND confirmed_at IS NOT NULL) AS "secondFactor"
     FROM api_keys k JOIN identities USING (user_id) WHERE key_hash = $1 AND ${WORKS}`,
    [keyHash],
    { deadline },
  );
  return used;
}

/** Makes keys of a user worthless, all or `only` one. Answers the ends to announce: of their tokens, as of sessions. */
export async function revokeApiKeys(
  tx: Transaction,
  userId: string,
  { only }: { only?: string } = {},
): Promise<EndedSession[]> {
  const revoked = await tx.query<{ sessionId: string; endedAt: Date }>(
    `UPDATE api_keys SET revoked_at = now()
     WHERE user_id = $1 AND ${WORKS} AND ($2::uuid IS NULL OR key_id = $2)
     RETURNING key_id AS "sessionId", revoked_at AS "endedAt"`,
    [userId, only ?? null],
  );
  return revoked.map((key) => ({ ...key, userId, reason: 'api_key_revoked' }));
}

/** Deletes at most `limit` keys that stopped working a month ago, and says how many. */
export async function deleteOldApiKeys(database: Database, limit: number): Promise<number> {
  const deleted = await database.query(
    `DELETE FROM api_keys WHERE key_id IN (
       SELECT key_id FROM api_keys WHERE least(revoked_at, expires_at) < now() - interval '1 month' LIMIT $1)
     RETURNING 1`,
    [limit],
  );
  return deleted.length;
}
