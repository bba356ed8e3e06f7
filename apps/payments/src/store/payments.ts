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

const INSERT = `
  WITH payment AS (
    INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
      description, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))
  INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind,
    reference_id, payment_id, description)
  VALUES ($10, $11, $12, $6, $7, 'payment', $1, $1, $8)`;

/** Writes a payment and posts its transfer between the two accounts, which must be locked. */
export function insertPayment(
  tx: Transaction,
  payment: StoredPayment,
  accountIds: { payer: string; payee: string },
): void {
  void tx.send('insert_payment', INSERT, [
    payment.paymentId,
    payment.payerUserId,
    payment.payerHandle,
    payment.payeeUserId,
    payment.payeeHandle,
    payment.currency,
    payment.amount,
    payment.description,
    payment.createdAt,
    uuidv7(),
    accountIds.payer,
    accountIds.payee,
  ]);
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
  const [row] = await tx.prepared<StoredPayment>(
    'lock_payment',
    `SELECT ${COLUMNS} FROM payments WHERE payment_id = $1 AND $2 IN (payer_user_id, payee_user_id)
     FOR NO KEY UPDATE`,
    [paymentId, userId],
  );
  return row;
}
