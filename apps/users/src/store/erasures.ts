import type { Database, Transaction } from '@quayside/database';

/**
 * Lets the sign-up and the erasure of one user take turns, whichever of their events comes first: they are of different
 * topics, and a row to lock may not exist yet. Held until the transaction ends.
 */
export async function lockUser(tx: Transaction, userId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [userId]);
}

/** Whether a user was erased. */
export async function isErased(tx: Transaction, userId: string): Promise<boolean> {
  const found = await tx.query('SELECT FROM erasures WHERE user_id = $1', [userId]);
  return found.length > 0;
}

/** Records that a user is erased; false when that is known already. */
export async function insertErasure(tx: Transaction, userId: string): Promise<boolean> {
  const inserted = await tx.query(
    'INSERT INTO erasures (user_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING user_id',
    [userId],
  );
  return inserted.length > 0;
}

/** What is known of a user, erased or not. */
export interface FoundUser {
  userId: string;
  handle: string | null;
  displayName: string | null;
  createdAt: Date | null;
  erasedAt: Date | null;
}

const FIND = `
  SELECT user_id AS "userId", handle, display_name AS "displayName", created_at AS "createdAt",
         NULL::timestamptz AS "erasedAt"
  FROM profiles WHERE user_id = $1 OR handle = $2
  UNION ALL
  SELECT user_id, handle, NULL, NULL, erased_at
  FROM erasures LEFT JOIN handles USING (user_id) WHERE user_id = $1 OR handle = $2`;

/** A user by id or by handle, the other one null; undefined when there never was such a user. */
export async function findUser(
  database: Database,
  { userId, handle }: { userId: string | null; handle: string | null },
  deadline: Date,
): Promise<FoundUser | undefined> {
  const [found] = await database.query<FoundUser>(FIND, [userId, handle], { deadline });
  return found;
}
