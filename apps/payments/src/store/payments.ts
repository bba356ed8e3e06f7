import { DELETED_USER_HANDLE } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';

/** A payment as it is stored. */
export interface StoredPayment {
  paymentId: string;
  payerUserId: string;
  payerHandle: string;
  payeeUserId: string;
  payeeHandle: string;
  currency: string;
  amount: bigint;
  status: 'authorized' | 'completed' | 'voided' | 'expired';
  /** Of a hold: what was taken of it. Null: all of it moved at once. */
  captured: bigint | null;
  /** Of a hold: until when it may be captured. */
  expiresAt: Date | null;
  /** What the payee paid for it. */
  fee: bigint;
  refunded: bigint;
  description: string;
  createdAt: Date;
}

const columnsWith = (handleOf: (side: 'payer' | 'payee') => string) =>
  `payment_id AS "paymentId", payer_user_id AS "payerUserId", ${handleOf('payer')} AS "payerHandle",
  payee_user_id AS "payeeUserId", ${handleOf('payee')} AS "payeeHandle", currency, amount, status, captured,
  expires_at AS "expiresAt", fee, refunded, description,
  created_at AS "createdAt"`;

const COLUMNS = columnsWith((side) => `${side}_handle`);

// The handle of somebody who was erased stays in the ledger, and is shown to nobody.
const SHOWN = columnsWith(
  (side) =>
    `CASE WHEN EXISTS (SELECT FROM closures WHERE user_id = ${side}_user_id)
       THEN '${DELETED_USER_HANDLE}' ELSE ${side}_handle END`,
);

const INSERT = `
  INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
    description, created_at, status, expires_at, fee)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[],
    $9::timestamptz[], $10::text[], $11::timestamptz[], $12::bigint[])`;

/** Writes payments, after their transfers: what those bring in may be held by these. */
export function insertPayments(tx: Transaction, payments: readonly StoredPayment[]): void {
  if (payments.length === 0) return;
  void tx.send('insert_payments', INSERT, [
    payments.map(({ paymentId }) => paymentId),
    payments.map(({ payerUserId }) => payerUserId),
    payments.map(({ payerHandle }) => payerHandle),
    payments.map(({ payeeUserId }) => payeeUserId),
    payments.map(({ payeeHandle }) => payeeHandle),
    payments.map(({ currency }) => currency),
    payments.map(({ amount }) => amount),
    payments.map(({ description }) => description),
    payments.map(({ createdAt }) => createdAt),
    payments.map(({ status }) => status),
    payments.map(({ expiresAt }) => expiresAt),
    payments.map(({ fee }) => fee),
  ]);
}

/** A payment, if the user made or received it; somebody who was erased has lost their name in it. */
export async function findPayment(
  tx: Transaction,
  paymentId: string,
  userId: string,
): Promise<StoredPayment | undefined> {
  const [row] = await tx.prepared<StoredPayment>(
    'find_payment',
    `SELECT ${SHOWN} FROM payments WHERE payment_id = $1 AND $2 IN (payer_user_id, payee_user_id)`,
    [paymentId, userId],
  );
  return row;
}

/** A locked payment. */
export interface LockedPayment extends StoredPayment {
  /** Whether its hold has run out, by the clock of the database. */
  late: boolean;
}

/** Locks a payment, so that its refunds, or its capture and void, are decided one after another. */
export async function lockPayment(
  tx: Transaction,
  paymentId: string,
  userId: string,
): Promise<LockedPayment | undefined> {
  const [row] = await tx.prepared<LockedPayment>(
    'lock_payment',
    `SELECT ${COLUMNS}, coalesce(expires_at <= statement_timestamp(), false) AS late FROM payments WHERE payment_id = $1 AND $2 IN (payer_user_id, payee_user_id)
     FOR NO KEY UPDATE`,
    [paymentId, userId],
  );
  return row;
}
