import type { Session } from '@quayside/database';

/** The advisory lock that makes one relay per database the active one: 'quay' in ASCII, and the relay. */
export const LOCK = { classId: 0x71756179, objectId: 1 } as const;

/**
 * Takes the lock if it is free. It belongs to the session: it is free again the moment the holder is gone. Asked
 * now and then, not waited for inside PostgreSQL: a statement that waits holds back vacuum in the whole database.
 */
export async function tryLock(session: Session): Promise<boolean> {
  const [row] = await session.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock($1, $2) AS locked',
    [LOCK.classId, LOCK.objectId],
  );
  return row?.locked === true;
}
