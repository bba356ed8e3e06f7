import type { Transaction } from '@quayside/database';

/** What stands in the place of a handle that is gone. It has not the form of one, so nobody is found by it. */
const NO_HANDLE = 'deleted:';

/**
 * Takes a user's handle away, and with it the lock under which their accounts are opened and closed. For a user who is not
 * known yet it takes the place of the handle: the sign-up that is still on its way then opens nothing.
 */
export async function takeHandleAway(tx: Transaction, userId: string): Promise<void> {
  await tx.query(
    `INSERT INTO handles (user_id, handle) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET handle = excluded.handle`,
    [userId, NO_HANDLE + userId],
  );
}

/** Keeps a user's accounts from being closed until the transaction ends; false for who is not known, or closed already. */
export async function lockAgainstClosing(tx: Transaction, userId: string): Promise<boolean> {
  await tx.query('SELECT FROM handles WHERE user_id = $1 FOR SHARE', [userId]);
  // A statement of its own, so that it sees a closing that the lock was waited for.
  const known = await tx.query(
    `SELECT FROM handles
     WHERE user_id = $1 AND NOT EXISTS (SELECT FROM closures WHERE user_id = $1)`,
    [userId],
  );
  return known.length > 0;
}

/** When a user's accounts were closed; undefined while they are not. */
export async function closedSince(tx: Transaction, userId: string): Promise<Date | undefined> {
  const [row] = await tx.query<{ closed_at: Date }>(
    'SELECT closed_at FROM closures WHERE user_id = $1',
    [userId],
  );
  return row?.closed_at;
}

/** Whether money is set aside for a user, and whether a top-up of theirs is undecided. The accounts must be locked. */
export async function findOpenAffairs(
  tx: Transaction,
  userId: string,
): Promise<{ holdsToReceive: boolean; topUpsPending: boolean }> {
  const [row] = await tx.query<{ holdsToReceive: boolean; topUpsPending: boolean }>(
    `SELECT EXISTS (SELECT FROM payments WHERE status = 'authorized' AND payee_user_id = $1) AS "holdsToReceive",
            EXISTS (SELECT FROM top_ups LEFT JOIN card_top_ups USING (top_up_id)
              WHERE user_id = $1
                AND (status = 'pending' OR state IN ('charging', 'charged', 'refunding', 'needs_attention')))
              AS "topUpsPending"`,
    [userId],
  );
  if (!row) throw new Error('SELECT without FROM has one row');
  return row;
}

/** Closes a user's accounts, which must be locked, and gives the time of it. */
export async function closeAccountsOf(tx: Transaction, userId: string): Promise<Date> {
  await tx.query("UPDATE accounts SET status = 'closed' WHERE user_id = $1", [userId]);
  const [row] = await tx.query<{ closed_at: Date }>(
    'INSERT INTO closures (user_id) VALUES ($1) RETURNING closed_at',
    [userId],
  );
  if (!row) throw new Error('INSERT ... RETURNING without a row');
  return row.closed_at;
}
