import type { Database, Transaction } from '@quayside/database';

/** What became of a wish for a handle. */
export type Reservation =
  | { kind: 'reserved'; until: Date }
  | { kind: 'confirmed' }
  | { kind: 'taken' }
  | { kind: 'user has another' };

/**
 * Reserves a handle for a user, anew if they hold it already. A user holds one handle at a time: an
 * unconfirmed other one is let go. Of several users at once the unique key lets one through.
 */
export async function reserveHandle(
  tx: Transaction,
  wish: { handle: string; userId: string; seconds: number; displayName: string | null },
): Promise<Reservation> {
  await releaseHandles(tx, wish.userId, wish.handle);
  const own = await tx.query<{ handle: string }>(
    'SELECT handle FROM handles WHERE user_id = $1 AND confirmed_at IS NOT NULL',
    [wish.userId],
  );
  if (own[0]) return { kind: own[0].handle === wish.handle ? 'confirmed' : 'user has another' };
  const [reserved] = await tx.query<{ reserved_until: Date }>(
    `INSERT INTO handles (handle, user_id, reserved_until, display_name)
     VALUES ($1, $2, now() + make_interval(secs => $3), $4)
     ON CONFLICT (handle) DO UPDATE
       SET user_id = excluded.user_id, reserved_until = excluded.reserved_until,
           display_name = excluded.display_name
       WHERE handles.confirmed_at IS NULL
         AND (handles.user_id = excluded.user_id OR handles.reserved_until <= now())
     RETURNING reserved_until`,
    [wish.handle, wish.userId, wish.seconds, wish.displayName],
  );
  return reserved ? { kind: 'reserved', until: reserved.reserved_until } : { kind: 'taken' };
}

/**
 * Makes a handle a user's own for good: their reservation (lapsed or not, while nobody else has taken it),
 * or a free one. False when it is another user's.
 */
export async function confirmHandle(
  tx: Transaction,
  wish: { handle: string; userId: string },
): Promise<boolean> {
  await releaseHandles(tx, wish.userId, wish.handle);
  const confirmed = await tx.query(
    `INSERT INTO handles (handle, user_id, confirmed_at)
     VALUES ($1, $2, now())
     ON CONFLICT (handle) DO UPDATE
       SET user_id = excluded.user_id, reserved_until = NULL, confirmed_at = excluded.confirmed_at,
           display_name = NULL
       WHERE handles.confirmed_at IS NULL
         AND (handles.user_id = excluded.user_id OR handles.reserved_until <= now())
     RETURNING handle`,
    [wish.handle, wish.userId],
  );
  return confirmed.length > 0;
}

/** The display name that a user gave with their reservation; undefined without one. */
export async function reservedDisplayName(
  tx: Transaction,
  userId: string,
): Promise<string | undefined> {
  const [reserved] = await tx.query<{ display_name: string | null }>(
    'SELECT display_name FROM handles WHERE user_id = $1',
    [userId],
  );
  return reserved?.display_name ?? undefined;
}

/** Makes what a user has reserved taken for good, without a name to it: it will be nobody else's. */
export async function keepHandle(tx: Transaction, userId: string): Promise<void> {
  await tx.query(
    `UPDATE handles SET confirmed_at = now(), reserved_until = NULL, display_name = NULL
     WHERE user_id = $1 AND confirmed_at IS NULL`,
    [userId],
  );
}

/** Lets go of what a user has reserved, but for the handle to `keep`. */
export async function releaseHandles(tx: Transaction, userId: string, keep = ''): Promise<void> {
  await tx.query(
    'DELETE FROM handles WHERE user_id = $1 AND handle <> $2 AND confirmed_at IS NULL',
    [userId, keep],
  );
}

/** Deletes reservations that lapsed a day ago and more; returns how many. */
export async function deleteLapsedReservations(database: Database): Promise<number> {
  const deleted = await database.query(
    `DELETE FROM handles WHERE confirmed_at IS NULL AND reserved_until < now() - interval '1 day'
     RETURNING handle`,
  );
  return deleted.length;
}
