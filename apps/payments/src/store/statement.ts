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

// A binary search for each moment: the times of an account's entries go up with their numbers, so 24 look-ups by primary
// key find the place among 10 million. An index on time would cost every payment two more entries. LIMIT keeps each look-up
// one: joined freely, PostgreSQL might read all entries of the account instead, which are few in most accounts.
const STANDINGS = `
  WITH RECURSIVE search (moment, currency, low, high) AS (
    SELECT moment, currency, 0::bigint, entry_count
    FROM accounts CROSS JOIN (VALUES ($3::timestamptz), ($4)) AS period (moment)
    WHERE account_id = $1 AND user_id = $2
    UNION ALL
    SELECT moment, currency, CASE WHEN earlier THEN middle ELSE low END, CASE WHEN earlier THEN high ELSE middle - 1 END
    FROM search
    CROSS JOIN LATERAL (
      SELECT entry_number AS middle, created_at < moment AS earlier
      FROM entries JOIN transfers USING (transfer_id)
      WHERE account_id = $1 AND entry_number = (low + high + 1) / 2
      LIMIT 1
    ) AS half
    WHERE low < high
  )
  SELECT low AS "entryNumber", currency,
    coalesce((SELECT balance_after FROM entries WHERE account_id = $1 AND entry_number = low), 0) AS balance
  FROM search WHERE low = high ORDER BY moment`;

/**
 * Where an account of the user stood just before a moment, and just before a later one. Undefined when the user has no such
 * account.
 */
export async function standingsBefore(
  tx: Transaction,
  { accountId, userId }: { accountId: string; userId: string },
  moments: readonly [Date, Date],
): Promise<{ opening: Standing; closing: Standing } | undefined> {
  const [opening, closing] = await tx.prepared<Standing>('standings_before', STANDINGS, [
    accountId,
    userId,
    ...moments,
  ]);
  return opening && closing && { opening, closing };
}

/** Whether the account belongs to the user. */
export async function ownsAccount(
  tx: Transaction,
  { accountId, userId }: { accountId: string; userId: string },
): Promise<boolean> {
  const rows = await tx.prepared(
    'owns_account',
    'SELECT FROM accounts WHERE account_id = $1 AND user_id = $2',
    [accountId, userId],
  );
  return rows.length > 0;
}
