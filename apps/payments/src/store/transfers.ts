import type { Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';

/** Money to be moved; the database writes the entries and balances that follow from it. */
export interface NewTransfer {
  debitAccountId: string;
  creditAccountId: string;
  currency: string;
  /** Minor units. */
  amount: bigint;
  kind: 'top_up' | 'payment' | 'refund';
  /** The top-up, payment or refund. */
  referenceId: string;
  /** The payment that it is or belongs to. */
  paymentId: string | null;
  description: string;
}

/** Posts one transfer. The accounts must be locked. */
export function insertTransfer(tx: Transaction, transfer: NewTransfer): void {
  void tx.send(
    'insert_transfer',
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind,
       reference_id, payment_id, description)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      uuidv7(),
      transfer.debitAccountId,
      transfer.creditAccountId,
      transfer.currency,
      transfer.amount,
      transfer.kind,
      transfer.referenceId,
      transfer.paymentId,
      transfer.description,
    ],
  );
}
