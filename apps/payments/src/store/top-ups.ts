import type { Transaction } from '@quayside/database';

/** Money brought in from outside. */
export interface StoredTopUp {
  topUpId: string;
  currency: string;
  amount: bigint;
  status: 'pending' | 'completed' | 'failed';
  createdAt: Date;
  /** Of one from a card: why it failed, or why it needs a person. Else empty. */
  reason: string;
}

/** Writes a top-up. */
export function insertTopUp(
  tx: Transaction,
  topUp: StoredTopUp,
  { userId, accountId }: { userId: string; accountId: string },
): void {
  const { topUpId, currency, amount, status, createdAt } = topUp;
  void tx.send(
    'insert_top_up',
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [topUpId, userId, accountId, currency, amount, status, createdAt],
  );
}

/** One of a user's top-ups. */
export async function findTopUp(
  tx: Transaction,
  topUpId: string,
  userId: string,
): Promise<StoredTopUp | undefined> {
  const [row] = await tx.query<StoredTopUp>(
    `SELECT top_up_id AS "topUpId", currency, amount, status, created_at AS "createdAt", coalesce(reason, '') AS reason
     FROM top_ups LEFT JOIN card_top_ups USING (top_up_id) WHERE top_up_id = $1 AND user_id = $2`,
    [topUpId, userId],
  );
  return row;
}
