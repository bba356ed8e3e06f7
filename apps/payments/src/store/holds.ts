import type { Transaction } from '@quayside/database';
import type { StoredPayment } from './payments';

/** Captures or voids a hold, whose payment must be locked; the database releases what was set aside. */
export function settleHold(
  tx: Transaction,
  paymentId: string,
  status: 'completed' | 'voided',
  { captured, fee }: { captured: bigint | null; fee: bigint },
): void {
  void tx.send(
    'settle_hold',
    'UPDATE payments SET status = $2, captured = $3, fee = $4 WHERE payment_id = $1',
    [paymentId, status, captured, fee],
  );
}

// Whatever somebody else is busy with can wait for the next time.
const LOCK_LATE = `
  SELECT payment_id AS "paymentId", payer_user_id AS "payerUserId", payer_handle AS "payerHandle",
    payee_user_id AS "payeeUserId", payee_handle AS "payeeHandle", currency, amount
  FROM payments WHERE status = 'authorized' AND expires_at <= statement_timestamp()
  ORDER BY expires_at LIMIT $1
  FOR NO KEY UPDATE SKIP LOCKED`;

/** A hold that has run out. */
export type LateHold = Pick<
  StoredPayment,
  | 'paymentId'
  | 'payerUserId'
  | 'payerHandle'
  | 'payeeUserId'
  | 'payeeHandle'
  | 'currency'
  | 'amount'
>;

/** Locks holds that have run out, at most `limit`. */
export const lockLateHolds = (tx: Transaction, limit: number): Promise<LateHold[]> =>
  tx.prepared<LateHold>('lock_late_holds', LOCK_LATE, [limit]);

// In id order, like every path; the trigger that releases the money finds them locked.
const EXPIRE = `
  WITH locked AS MATERIALIZED (
    SELECT FROM accounts
    WHERE (user_id, currency) IN (SELECT payer_user_id, currency FROM payments WHERE payment_id = ANY($1::uuid[]))
    ORDER BY account_id FOR NO KEY UPDATE
  )
  UPDATE payments SET status = 'expired'
  WHERE payment_id = ANY($1::uuid[]) AND (SELECT count(*) FROM locked) >= 0`;

/** Marks locked holds as expired; the database releases what they had set aside. */
export async function markExpired(tx: Transaction, paymentIds: readonly string[]): Promise<void> {
  await tx.prepared('expire_holds', EXPIRE, [paymentIds]);
}
