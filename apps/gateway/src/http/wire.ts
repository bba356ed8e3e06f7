import { fromTimestamp, toTimestamp, type payments, type users } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';

/** A message field that its service always sets; proto3 cannot say so. Throws `internal` when it is absent. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value !== null && value !== undefined) return value;
  throw new QuaysideError('internal', `A service answered without ${what}.`);
}

/** `PAYMENT_STATUS_PARTIALLY_REFUNDED` as `partially_refunded`. */
function lowerCase(name: string, prefix: string): string {
  return name.slice(prefix.length).toLowerCase();
}

/** A protobuf timestamp as RFC 3339 in UTC. */
export function timeToJson(timestamp: Parameters<typeof fromTimestamp>[0]): string {
  return fromTimestamp(timestamp).toISOString();
}

/** RFC 3339 as a protobuf timestamp; undefined without one. Throws `invalid_request` for a time that does not exist. */
export function timeFromJson(text: string | undefined) {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return toTimestamp(time);
  throw new QuaysideError('invalid_request', `There is no such time as ${text}.`);
}

/** An amount in minor units, as a string. */
export function moneyToJson(money: payments.Money__Output | null | undefined) {
  const { amount, currency } = present(money, 'an amount');
  return { amount, currency };
}

/** A user's own profile. */
export function profileToJson(profile: users.Profile__Output) {
  return {
    userId: profile.userId,
    handle: profile.handle,
    displayName: profile.displayName,
    createdAt: timeToJson(profile.createdAt),
    updatedAt: timeToJson(profile.updatedAt),
  };
}

/** An account with what is in it. */
export function accountToJson(account: payments.Account__Output) {
  const balance = moneyToJson(account.balance);
  return {
    accountId: account.accountId,
    currency: balance.currency,
    balance,
    held: account.held?.currency ? account.held : { ...balance, amount: '0' },
    available: moneyToJson(account.available),
    status: lowerCase(account.status, 'ACCOUNT_STATUS_'),
  };
}

/** One line of a statement. */
export function entryToJson(entry: payments.Entry__Output) {
  return {
    entryId: entry.entryId,
    amount: moneyToJson(entry.amount),
    balanceAfter: moneyToJson(entry.balanceAfter),
    paymentId: entry.paymentId === '' ? null : entry.paymentId,
    description: entry.description,
    createdAt: timeToJson(entry.createdAt),
  };
}

/** A top-up. */
export function topUpToJson(topUp: payments.TopUp__Output) {
  return {
    topUpId: topUp.topUpId,
    status: lowerCase(topUp.status, 'TOP_UP_STATUS_'),
    amount: moneyToJson(topUp.amount),
    createdAt: timeToJson(topUp.createdAt),
    failureReason: topUp.failureReason === '' ? null : topUp.failureReason,
  };
}

/** A payment. */
export function paymentToJson(payment: payments.Payment__Output) {
  const amount = moneyToJson(payment.amount);
  return {
    paymentId: payment.paymentId,
    status: lowerCase(payment.status, 'PAYMENT_STATUS_'),
    fromHandle: payment.fromHandle,
    toHandle: payment.toHandle,
    amount,
    captured: moneyToJson(payment.captured),
    fee: payment.fee?.currency ? payment.fee : { ...amount, amount: '0' },
    // Nothing given back may come as an absent message.
    refunded: payment.refunded?.currency ? payment.refunded : { ...amount, amount: '0' },
    description: payment.description,
    createdAt: timeToJson(payment.createdAt),
    expiresAt: payment.expiresAt ? timeToJson(payment.expiresAt) : null,
  };
}

/** Money given back. */
export function refundToJson(refund: payments.Refund__Output) {
  return {
    refundId: refund.refundId,
    paymentId: refund.paymentId,
    amount: moneyToJson(refund.amount),
    createdAt: timeToJson(refund.createdAt),
  };
}
