import type { Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';

/** Money to be moved; the database writes the entries and balances that follow from it. */
export interface NewTransfer {
  debitAccountId: string;
  creditAccountId: string;
  currency: string;
  /** Minor units. */
  amount: bigint;
  kind: 'top_up' | 'payment' | 'refund' | 'capture' | 'fee' | 'card_charge' | 'card_refund';
  /** The top-up, payment or refund. */
  referenceId: string;
  /** The payment that it is or belongs to. */
  paymentId: string | null;
  description: string;
}

const INSERT = `
  INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
    payment_id, description)
  SELECT transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id, payment_id, description
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::uuid[], $8::uuid[],
    $9::text[]) WITH ORDINALITY AS wanted (transfer_id, debit_account_id, credit_account_id, currency, amount, kind,
    reference_id, payment_id, description, place)
  ORDER BY place`;

/** What the payee pays for a payment, to the system account of fees. */
export const feeTransfer = (
  { paymentId, currency, fee }: { paymentId: string; currency: string; fee: bigint },
  payee: { accountId: string },
  feesAccountId: string | undefined,
): NewTransfer[] => {
  if (fee === 0n) return [];
  if (feesAccountId === undefined) throw new Error(`There is no account for fees in ${currency}`);
  return [
    {
      debitAccountId: payee.accountId,
      creditAccountId: feesAccountId,
      currency,
      amount: fee,
      kind: 'fee',
      referenceId: paymentId,
      paymentId,
      description: 'Fee',
    },
  ];
};

/** Posts transfers in their order. The accounts must be locked. */
export function insertTransfers(tx: Transaction, transfers: readonly NewTransfer[]): void {
  if (transfers.length === 0) return;
  void tx.send('insert_transfers', INSERT, [
    transfers.map(() => uuidv7()),
    transfers.map(({ debitAccountId }) => debitAccountId),
    transfers.map(({ creditAccountId }) => creditAccountId),
    transfers.map(({ currency }) => currency),
    transfers.map(({ amount }) => amount),
    transfers.map(({ kind }) => kind),
    transfers.map(({ referenceId }) => referenceId),
    transfers.map(({ paymentId }) => paymentId),
    transfers.map(({ description }) => description),
  ]);
}
