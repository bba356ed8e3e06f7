import { availableOf, otherAccountRefused, ownAccountRefused, type Account } from './account';
import type { Money } from './money';
import { refuse, type Refusal } from './refusal';

/** A payment as it stands, locked, while a refund is decided. */
export interface RefundablePayment {
  paymentId: string;
  payerUserId: string;
  payeeUserId: string;
  amount: bigint;
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

/** Decides a refund; `wanted` undefined means all that is left. Only the payee may give money back. */
export function decideRefund<Payment extends RefundablePayment>(
  wanted: Money | undefined,
  { payment, payer, payee, caller }: RefundCase<Payment>,
): ApprovedRefund<Payment> | Refusal {
  if (!payment) return refuse('not_found', 'There is no such payment.');
  const left = payment.amount - payment.refunded;
  const amount = wanted?.amount ?? left;
  if (caller !== payment.payeeUserId) {
    return refuse('not_refundable', 'Only who was paid can give the money back.');
  }
  if (wanted && wanted.currency !== payment.currency) {
    return refuse('currency_mismatch', `The payment was made in ${payment.currency}.`);
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

/** The state of a payment, from what was given back. */
export function paymentStatus(amount: bigint, refunded: bigint) {
  if (refunded === 0n) return 'PAYMENT_STATUS_COMPLETED';
  return refunded < amount ? 'PAYMENT_STATUS_PARTIALLY_REFUNDED' : 'PAYMENT_STATUS_REFUNDED';
}
