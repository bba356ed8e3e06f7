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
 * Entries of an account, newest first, at most `limit`, with numbers below `before`. Entry numbers are given under
 * the account's lock, so that a page stays what it was while new entries arrive.
 */
export function findEntries(
  tx: Transaction,
  { accountId, before, limit }: { accountId: string; before: bigint; limit: number },
): Promise<StatementEntry[]> {
  return tx.prepared<StatementEntry>(
    'find_entries',
    `SELECT e.entry_id AS "entryId", e.entry_number AS "entryNumber", t.currency, e.amount,
       e.balance_after AS "balanceAfter", t.payment_id AS "paymentId", t.description, t.created_at AS "createdAt"
     FROM entries e JOIN transfers t USING (transfer_id)
     WHERE e.account_id = $1 AND e.entry_number < $2
     ORDER BY e.entry_number DESC
     LIMIT $3`,
    [accountId, before, limit],
  );
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
