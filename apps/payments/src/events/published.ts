import { toTimestamp, type payments } from '@quayside/contracts';
import type { OutboxEvent } from '@quayside/messaging';
import { toWire } from '../domain/money';
import type { LateHold } from '../store/holds';
import type { StoredPayment } from '../store/payments';
import type { StoredRefund } from '../store/refunds';
import type { StoredTopUp } from '../store/top-ups';

/** A user can hold money. */
export const accountOpened = (
  payload: payments.AccountOpened__Output,
): OutboxEvent<'quayside.payments.v1.AccountOpened'> => ({
  type: 'quayside.payments.v1.AccountOpened',
  key: payload.accountId,
  payload,
});

/** A user's accounts are closed for good. */
export const userAccountsClosed = (
  payload: payments.UserAccountsClosed__Output,
): OutboxEvent<'quayside.payments.v1.UserAccountsClosed'> => ({
  type: 'quayside.payments.v1.UserAccountsClosed',
  key: payload.userId,
  subject: payload.userId,
  payload,
});

/** Money came in. */
export const topUpCompleted = (
  topUp: Pick<StoredTopUp, 'topUpId' | 'currency' | 'amount'>,
  { userId, accountId }: { userId: string; accountId: string },
): OutboxEvent<'quayside.payments.v1.TopUpCompleted'> => ({
  type: 'quayside.payments.v1.TopUpCompleted',
  key: topUp.topUpId,
  payload: { topUpId: topUp.topUpId, userId, accountId, amount: toWire(topUp) },
});

/** Money did not come in. */
export const topUpFailed = (
  topUp: Pick<StoredTopUp, 'topUpId' | 'currency' | 'amount'>,
  { userId, accountId, reason }: { userId: string; accountId: string; reason: string },
): OutboxEvent<'quayside.payments.v1.TopUpFailed'> => ({
  type: 'quayside.payments.v1.TopUpFailed',
  key: topUp.topUpId,
  payload: { topUpId: topUp.topUpId, userId, accountId, amount: toWire(topUp), reason },
});

const sides = ({ payerUserId, payerHandle, payeeUserId, payeeHandle }: LateHold) => ({
  payerUserId,
  payerHandle,
  payeeUserId,
  payeeHandle,
});

/** Money moved between two users. */
export const paymentCompleted = (
  payment: StoredPayment,
): OutboxEvent<'quayside.payments.v1.PaymentCompleted'> => ({
  type: 'quayside.payments.v1.PaymentCompleted',
  key: payment.paymentId,
  payload: {
    ...sides(payment),
    paymentId: payment.paymentId,
    amount: toWire(payment),
    description: payment.description,
  },
});

/** Money of a payment went back. */
export const paymentRefunded = (
  payment: StoredPayment,
  refund: StoredRefund,
): OutboxEvent<'quayside.payments.v1.PaymentRefunded'> => ({
  type: 'quayside.payments.v1.PaymentRefunded',
  key: payment.paymentId,
  payload: {
    ...sides(payment),
    refundId: refund.refundId,
    paymentId: payment.paymentId,
    amount: toWire(refund),
  },
});

/** Money of the payer was set aside. */
export const paymentAuthorized = (
  payment: StoredPayment,
): OutboxEvent<'quayside.payments.v1.PaymentAuthorized'> => ({
  type: 'quayside.payments.v1.PaymentAuthorized',
  key: payment.paymentId,
  payload: {
    ...sides(payment),
    paymentId: payment.paymentId,
    amount: toWire(payment),
    description: payment.description,
    expiresAt: payment.expiresAt && toTimestamp(payment.expiresAt),
  },
});

/** `amount` of what was set aside moved to the payee. */
export const paymentCaptured = (
  payment: StoredPayment,
  amount: bigint,
): OutboxEvent<'quayside.payments.v1.PaymentCaptured'> => ({
  type: 'quayside.payments.v1.PaymentCaptured',
  key: payment.paymentId,
  payload: {
    ...sides(payment),
    paymentId: payment.paymentId,
    amount: toWire({ amount, currency: payment.currency }),
    description: payment.description,
  },
});

/** The payee released what was set aside. */
export const paymentVoided = (
  payment: StoredPayment,
): OutboxEvent<'quayside.payments.v1.PaymentVoided'> => ({
  type: 'quayside.payments.v1.PaymentVoided',
  key: payment.paymentId,
  payload: { ...sides(payment), paymentId: payment.paymentId, amount: toWire(payment) },
});

/** What was set aside was released, nobody having captured it. */
export const paymentExpired = (
  hold: LateHold,
): OutboxEvent<'quayside.payments.v1.PaymentExpired'> => ({
  type: 'quayside.payments.v1.PaymentExpired',
  key: hold.paymentId,
  payload: { ...sides(hold), paymentId: hold.paymentId, amount: toWire(hold) },
});
