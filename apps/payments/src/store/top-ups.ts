import type { Transaction } from '@quayside/database';

/** Money brought in from outside. */
export interface StoredTopUp {
  topUpId: string;
  currency: string;
  amount: bigint;
  status: 'pending' | 'completed' | 'failed';
  createdAt: Date;
}

/** Writes a completed top-up. */
export async function insertTopUp(
  tx: Transaction,
  topUp: { topUpId: string; userId: string; accountId: string; currency: string; amount: bigint },
): Promise<StoredTopUp> {
  const { topUpId, userId, accountId, currency, amount } = topUp;
  const [row] = await tx.query<{ created_at: Date }>(
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
     VALUES ($1, $2, $3, $4, $5, 'completed') RETURNING created_at`,
    [topUpId, userId, accountId, currency, amount],
  );
  const createdAt = row?.created_at ?? new Date();
  return { topUpId, currency, amount, status: 'completed', createdAt };
}

/** One of a user's top-ups. */
export async function findTopUp(
  tx: Transaction,
  topUpId: string,
  userId: string,
): Promise<StoredTopUp | undefined> {
  const [row] = await tx.query<StoredTopUp>(
    `SELECT top_up_id AS "topUpId", currency, amount, status, created_at AS "createdAt"
     FROM top_ups WHERE top_up_id = $1 AND user_id = $2`,
    [topUpId, userId],
  );
  return row;
}
