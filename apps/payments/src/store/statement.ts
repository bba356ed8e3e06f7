import type { Transaction } from '@quayside/database';

/** One line of a statement. */
export interface StatementEntry {
  entryId: string;
  entryNumber: bigint;
  currency: string;
  amount: bigint;
  balanceAfter: bigint;
  paymentId: string | null;
  description: string;
  createdAt: Date;
}

/**
 * Entries of an account, newest first, at most `limit`, with numbers above `after` and below `before`. Entry numbers are
 * given under the account's lock, so that a page stays what it was while new entries arrive.
 */
export function findEntries(
  tx: Transaction,
  {
    accountId,
    after,
    before,
    limit,
  }: { accountId: string; after: bigint; before: bigint; limit: number },
): Promise<StatementEntry[]> {
  return tx.prepared<StatementEntry>(
    'find_entries',
    `SELECT e.entry_id AS "entryId", e.entry_number AS "entryNumber", t.currency, e.amount,
       e.balance_after AS "balanceAfter", t.payment_id AS "paymentId", t.description, t.created_at AS "createdAt"
     FROM entries e JOIN transfers t USING (transfer_id)
     WHERE e.account_id = $1 AND e.entry_number > $2 AND e.entry_number < $3
     ORDER BY e.entry_number DESC
     LIMIT $4`,
    [accountId, after, before, limit],
  );
}

/** Where an account stood at a moment: the number of its last entry by then, and the balance after it. */
export interface Standing {
  entryNumber: bigint;
  balance: bigint;
  currency: string;
}

// A binary search: the times of an account's entries go up with their numbers, so 24 look-ups by primary key find the
// place among 10 million. An index on time would cost every payment two more entries.
const STANDING = `
  WITH RECURSIVE search (low, high) AS (
    SELECT 0::bigint, entry_count FROM accounts WHERE account_id = $1
    UNION ALL
    SELECT CASE WHEN created_at < $2 THEN middle ELSE low END,
           CASE WHEN created_at < $2 THEN high ELSE middle - 1 END
    FROM search
    CROSS JOIN LATERAL (SELECT (low + high + 1) / 2) AS half (middle)
    JOIN entries ON account_id = $1 AND entry_number = middle
    JOIN transfers USING (transfer_id)
    WHERE low < high
  )
  SELECT low AS "entryNumber", coalesce(balance_after, 0) AS balance, currency
  FROM search
  JOIN accounts ON account_id = $1
  LEFT JOIN entries ON entries.account_id = $1 AND entry_number = low
  WHERE low = high`;

/** Where an account stood just before `time`. Throws when there is no such account. */
export async function standingBefore(
  tx: Transaction,
  accountId: string,
  time: Date,
): Promise<Standing> {
  const [row] = await tx.prepared<Standing>('standing_before', STANDING, [accountId, time]);
  if (!row) throw new Error(`There is no account ${accountId}.`);
  return row;
}

/** Whether the account belongs to the user. */
export async function ownsAccount(
  tx: Transaction,
  accountId: string,
  userId: string,
): Promise<boolean> {
  const rows = await tx.prepared(
    'owns_account',
    'SELECT FROM accounts WHERE account_id = $1 AND user_id = $2',
    [accountId, userId],
  );
  return rows.length > 0;
}
