import { toTimestamp, type payments } from '@quayside/contracts';
import { availableOf, type Account } from '../domain/account';
import { toWire } from '../domain/money';
import { movedBy, paymentStatus } from '../domain/refund';
import type { StoredPayment } from '../store/payments';
import type { StoredRefund } from '../store/refunds';
import type { StatementEntry } from '../store/statement';
import type { StoredTopUp } from '../store/top-ups';

const accountStatus = {
  open: 'ACCOUNT_STATUS_OPEN',
  frozen: 'ACCOUNT_STATUS_FROZEN',
  closed: 'ACCOUNT_STATUS_CLOSED',
} as const;

const topUpStatus = {
  pending: 'TOP_UP_STATUS_PENDING',
  completed: 'TOP_UP_STATUS_COMPLETED',
  failed: 'TOP_UP_STATUS_FAILED',
} as const;

/** What its customer is told; the rest is for operators. */
const failureReasons = ['card_declined', 'not_charged', 'credit_refused'];

function failureReason({ status, reason }: Pick<StoredTopUp, 'status' | 'reason'>): string {
  if (status !== 'failed') return '';
  return failureReasons.includes(reason) ? reason : 'credit_refused';
}

export function accountToWire(account: Account) {
  const { accountId, currency, balance, held, status } = account;
  return {
    accountId,
    balance: toWire({ amount: balance, currency }),
    available: toWire({ amount: availableOf(account), currency }),
    status: accountStatus[status],
    held: toWire({ amount: held, currency }),
  };
}

export const entryToWire = (entry: StatementEntry): payments.Entry => ({
  entryId: entry.entryId,
  entryNumber: entry.entryNumber.toString(),
  amount: toWire({ amount: entry.amount, currency: entry.currency }),
  balanceAfter: toWire({ amount: entry.balanceAfter, currency: entry.currency }),
  paymentId: entry.paymentId ?? '',
  description: entry.description,
  createdAt: toTimestamp(entry.createdAt),
});

export const paymentToWire = (payment: StoredPayment): payments.Payment => ({
  paymentId: payment.paymentId,
  status: paymentStatus(payment),
  fromHandle: payment.payerHandle,
  toHandle: payment.payeeHandle,
  amount: toWire(payment),
  refunded: toWire({ amount: payment.refunded, currency: payment.currency }),
  description: payment.description,
  createdAt: toTimestamp(payment.createdAt),
  captured: toWire({ amount: movedBy(payment), currency: payment.currency }),
  fee: toWire({ amount: payment.fee, currency: payment.currency }),
  expiresAt: payment.expiresAt && toTimestamp(payment.expiresAt),
});

export const refundToWire = (refund: StoredRefund): payments.Refund => ({
  refundId: refund.refundId,
  paymentId: refund.paymentId,
  amount: toWire(refund),
  createdAt: toTimestamp(refund.createdAt),
});

export const topUpToWire = (topUp: StoredTopUp): payments.TopUp => ({
  failureReason: failureReason(topUp),
  topUpId: topUp.topUpId,
  status: topUpStatus[topUp.status],
  amount: toWire(topUp),
  createdAt: toTimestamp(topUp.createdAt),
});
