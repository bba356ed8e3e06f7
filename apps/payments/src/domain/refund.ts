import { availableOf, otherAccountRefused, ownAccountRefused, type Account } from './account';
import type { Money } from './money';
import { refuse, type Refusal } from './refusal';

/** A payment as it stands, locked, while a refund is decided. */
export interface RefundablePayment {
  paymentId: string;
  payerUserId: string;
  payeeUserId: string;
  amount: bigint;
  status: 'authorized' | 'completed' | 'voided' | 'expired';
  /** Of a hold: what was taken of it. Null: all of it moved at once. */
  captured: bigint | null;
  /** What has been given back so far. */
  refunded: bigint;
  currency: string;
}

/** A refund that may be made. */
export interface ApprovedRefund<Payment extends RefundablePayment = RefundablePayment> {
  payment: Payment;
  amount: bigint;
  /** Gives the money back. */
  payee: Account;
  /** Gets it back. */
  payer: Account;
}

/** What a refund is decided on. */
export interface RefundCase<Payment extends RefundablePayment = RefundablePayment> {
  /** Who asks for it. */
  caller: string;
  /** Absent: there is none that the caller may see. */
  payment?: Payment;
  /** The accounts of both sides; absent where there is none. */
  payer?: Account | undefined;
  payee?: Account | undefined;
}

/** How much of a payment has moved. */
export function movedBy({
  status,
  amount,
  captured,
}: Pick<RefundablePayment, 'status' | 'amount' | 'captured'>): bigint {
  return status === 'completed' ? (captured ?? amount) : 0n;
}

/** Decides a refund; `wanted` undefined means all that is left. Only the payee may give money back. */
export function decideRefund<Payment extends RefundablePayment>(
  wanted: Money | undefined,
  { payment, payer, payee, caller }: RefundCase<Payment>,
): ApprovedRefund<Payment> | Refusal {
  if (!payment) return refuse('not_found', 'There is no such payment.');
  const left = movedBy(payment) - payment.refunded;
  const amount = wanted?.amount ?? left;
  if (caller !== payment.payeeUserId) {
    return refuse('not_refundable', 'Only who was paid can give the money back.');
  }
  if (wanted && wanted.currency !== payment.currency) {
    return refuse('currency_mismatch', `The payment was made in ${payment.currency}.`);
  }
  if (payment.status !== 'completed') {
    return refuse('not_refundable', 'The money has not moved.');
  }
  if (left === 0n) return refuse('not_refundable', 'The payment has been refunded already.');
  if (amount > left) {
    return refuse('refund_exceeds_payment', `At most ${left} minor units are left to refund.`);
  }
  if (!payer || !payee) {
    return refuse('account_not_usable', 'One of the two accounts cannot be used.');
  }
  const unusable = ownAccountRefused(payee) ?? otherAccountRefused(payer, 'payer');
  if (unusable) return unusable;
  if (availableOf(payee) < amount) {
    return refuse('insufficient_funds', 'The account does not hold enough to refund this.');
  }
  return { payment, amount, payer, payee };
}

/** The state of a payment, from its hold and from what was given back. */
export function paymentStatus(
  payment: Pick<RefundablePayment, 'status' | 'amount' | 'captured' | 'refunded'>,
) {
  if (payment.status === 'authorized') return 'PAYMENT_STATUS_AUTHORIZED';
  if (payment.status === 'voided') return 'PAYMENT_STATUS_VOIDED';
  if (payment.status === 'expired') return 'PAYMENT_STATUS_EXPIRED';
  if (payment.refunded === 0n) return 'PAYMENT_STATUS_COMPLETED';
  const partly = payment.refunded < movedBy(payment);
  return partly ? 'PAYMENT_STATUS_PARTIALLY_REFUNDED' : 'PAYMENT_STATUS_REFUNDED';
}
