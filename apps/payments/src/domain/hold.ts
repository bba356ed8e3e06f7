import { otherAccountRefused, ownAccountRefused, type Account } from './account';
import type { Money } from './money';
import { refuse, type Refusal } from './refusal';

/** A payment as it stands, locked, while a capture or void of it is decided. */
export interface HoldablePayment {
  payeeUserId: string;
  /** What was set aside, or moved at once. */
  amount: bigint;
  currency: string;
  status: 'authorized' | 'completed' | 'voided' | 'expired';
  /** Of a hold only. */
  expiresAt: Date | null;
  /** Whether that time has passed, by the clock of the database. */
  late: boolean;
}

/** What a capture or void is decided on. */
export interface HoldCase<Payment extends HoldablePayment = HoldablePayment> {
  /** Who asks for it. */
  caller: string;
  /** Absent: there is none that the caller may see. */
  payment?: Payment;
  /** The accounts of both sides; absent where there is none. */
  payer?: Account | undefined;
  payee?: Account | undefined;
}

/** A capture that may be made. */
export interface ApprovedCapture<Payment extends HoldablePayment = HoldablePayment> {
  payment: Payment;
  /** What moves; the rest of the hold is released. */
  amount: bigint;
  payer: Account;
  payee: Account;
}

/** Why the hold is not the caller's to settle, or not open any more. */
function closed(caller: string, payment: HoldablePayment): Refusal | undefined {
  if (caller !== payment.payeeUserId) {
    return refuse('not_possible', 'Only who is to be paid can capture or void it.');
  }
  if (!payment.expiresAt) return refuse('not_a_hold', 'The money of this payment moved at once.');
  if (payment.status === 'completed') {
    return refuse('already_captured', 'The payment has been captured; refund it to give it back.');
  }
  if (payment.status === 'voided') return refuse('already_voided', 'The payment has been voided.');
  if (payment.status === 'expired' || payment.late) {
    return refuse('hold_expired', 'Nobody captured the payment in time.');
  }
  return undefined;
}

/** Decides a capture; `wanted` undefined means all of it. Only the payee may take the money, once. */
export function decideCapture<Payment extends HoldablePayment>(
  wanted: Money | undefined,
  { caller, payment, payer, payee }: HoldCase<Payment>,
): ApprovedCapture<Payment> | Refusal {
  if (!payment) return refuse('not_found', 'There is no such payment.');
  const refusal = closed(caller, payment);
  if (refusal) return refusal;
  const amount = wanted?.amount ?? payment.amount;
  if (wanted && wanted.currency !== payment.currency) {
    return refuse('currency_mismatch', `The payment was made in ${payment.currency}.`);
  }
  if (amount > payment.amount) {
    return refuse('capture_exceeds_hold', `At most ${payment.amount} minor units are held.`);
  }
  if (!payer || !payee) {
    return refuse('account_not_usable', 'One of the two accounts cannot be used.');
  }
  const unusable = ownAccountRefused(payee) ?? otherAccountRefused(payer, 'payer');
  return unusable ?? { payment, amount, payer, payee };
}

/** Decides a void. Only the payee may give up the money; that is possible whatever the state of the accounts. */
export function decideVoid<Payment extends HoldablePayment>({
  caller,
  payment,
}: HoldCase<Payment>): { payment: Payment } | Refusal {
  if (!payment) return refuse('not_found', 'There is no such payment.');
  return closed(caller, payment) ?? { payment };
}
