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
export function insertRefund(
  tx: Transaction,
  { refundId, paymentId, currency, amount, createdAt }: StoredRefund,
): void {
  void tx.send(
    'insert_refund',
    `WITH payment AS (UPDATE payments SET refunded = refunded + $4 WHERE payment_id = $2)
     INSERT INTO refunds (refund_id, payment_id, currency, amount, created_at) VALUES ($1, $2, $3, $4, $5)`,
    [refundId, paymentId, currency, amount, createdAt],
  );
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
