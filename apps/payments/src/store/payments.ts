import type { Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';

/** A payment as it is stored. */
export interface StoredPayment {
  paymentId: string;
  payerUserId: string;
  payerHandle: string;
  payeeUserId: string;
  payeeHandle: string;
  currency: string;
  amount: bigint;
  refunded: bigint;
  description: string;
  createdAt: Date;
}

const COLUMNS = `payment_id AS "paymentId", payer_user_id AS "payerUserId", payer_handle AS "payerHandle",
  payee_user_id AS "payeeUserId", payee_handle AS "payeeHandle", currency, amount, refunded, description,
  created_at AS "createdAt"`;

/** A payment and the accounts that it moves money between. */
export interface NewPayment extends Omit<StoredPayment, 'refunded' | 'createdAt'> {
  payerAccountId: string;
  payeeAccountId: string;
}

// One statement for both rows: a round trip less on the busiest path.
const INSERT = `
  WITH payment AS (
    INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
      description)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    RETURNING created_at AS "createdAt"),
  transfer AS (
    INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind,
      reference_id, payment_id, description)
    VALUES ($9, $10, $11, $6, $7, 'payment', $1, $1, $8))
  SELECT "createdAt" FROM payment`;

/** Writes a payment and posts its transfer. The accounts must be locked. */
export async function insertPayment(tx: Transaction, payment: NewPayment): Promise<StoredPayment> {
  const { payerAccountId, payeeAccountId, ...stored } = payment;
  const [row] = await tx.prepared<{ createdAt: Date }>('insert_payment', INSERT, [
    stored.paymentId,
    stored.payerUserId,
    stored.payerHandle,
    stored.payeeUserId,
    stored.payeeHandle,
    stored.currency,
    stored.amount,
    stored.description,
    uuidv7(),
    payerAccountId,
    payeeAccountId,
  ]);
  return { ...stored, refunded: 0n, createdAt: row?.createdAt ?? new Date() };
}

/** A payment, if the user made or received it. */
export async function findPayment(
  tx: Transaction,
  paymentId: string,
  userId: string,
): Promise<StoredPayment | undefined> {
  const [row] = await tx.prepared<StoredPayment>(
    'find_payment',
    `SELECT ${COLUMNS} FROM payments WHERE payment_id = $1 AND $2 IN (payer_user_id, payee_user_id)`,
    [paymentId, userId],
  );
  return row;
}

/** Locks a payment, so that its refunds are decided one after another. */
export async function lockPayment(
  tx: Transaction,
  paymentId: string,
  userId: string,
): Promise<StoredPayment | undefined> {
  const [row] = await tx.query<StoredPayment>(
    `SELECT ${COLUMNS} FROM payments WHERE payment_id = $1 AND $2 IN (payer_user_id, payee_user_id)
     FOR NO KEY UPDATE`,
    [paymentId, userId],
  );
  return row;
}
