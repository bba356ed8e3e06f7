import type { Transaction } from '@quayside/database';

/** Money given back. */
export interface StoredRefund {
  refundId: string;
  paymentId: string;
  currency: string;
  amount: bigint;
  createdAt: Date;
}

/** Writes a refund and counts it on its payment, which must be locked. */
export async function insertRefund(
  tx: Transaction,
  { refundId, paymentId, currency, amount }: Omit<StoredRefund, 'createdAt'>,
): Promise<StoredRefund> {
  const [row] = await tx.query<{ created_at: Date }>(
    `WITH payment AS (UPDATE payments SET refunded = refunded + $4 WHERE payment_id = $2)
     INSERT INTO refunds (refund_id, payment_id, currency, amount) VALUES ($1, $2, $3, $4)
     RETURNING created_at`,
    [refundId, paymentId, currency, amount],
  );
  return { refundId, paymentId, currency, amount, createdAt: row?.created_at ?? new Date() };
}

/** A refund that has been made. */
export async function findRefund(
  tx: Transaction,
  refundId: string,
): Promise<StoredRefund | undefined> {
  const [row] = await tx.query<StoredRefund>(
    `SELECT refund_id AS "refundId", payment_id AS "paymentId", currency, amount, created_at AS "createdAt"
     FROM refunds WHERE refund_id = $1`,
    [refundId],
  );
  return row;
}
