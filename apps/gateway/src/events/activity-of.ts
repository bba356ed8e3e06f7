import type { EventPayloads, EventType, payments } from '@quayside/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { ActivityType, FeedEntry } from '../store/activity';

/** The events from which the feed is built. */
export type FeedEventType = Extract<
  EventType,
  | 'quayside.payments.v1.AccountOpened'
  | 'quayside.payments.v1.TopUpCompleted'
  | 'quayside.payments.v1.TopUpFailed'
  | 'quayside.payments.v1.PaymentCompleted'
  | 'quayside.payments.v1.PaymentRefunded'
  | 'quayside.payments.v1.PaymentAuthorized'
  | 'quayside.payments.v1.PaymentCaptured'
  | 'quayside.payments.v1.PaymentVoided'
  | 'quayside.payments.v1.PaymentExpired'
>;

type Details = Partial<Omit<FeedEntry, 'amount' | 'currency'>> & {
  userId: string;
  type: ActivityType;
  money?: payments.Money__Output | null;
};

function entry(occurredAt: Date, { money, ...details }: Details): FeedEntry {
  return {
    activityId: uuidv7(),
    occurredAt,
    amount: money ? BigInt(money.amount) : null,
    currency: money?.currency ?? null,
    counterpartUserId: null,
    counterpartHandle: null,
    paymentId: null,
    refundId: null,
    topUpId: null,
    accountId: null,
    description: '',
    ...details,
  };
}

/** One event told to both sides of a payment, each with the other one as the counterpart. */
function toBoth(
  event: payments.PaymentVoided__Output & { description?: string },
  at: Date,
  toPayer: ActivityType,
  toPayee: ActivityType,
): FeedEntry[] {
  const { paymentId, description = '', amount: money } = event;
  const both = { paymentId, description, money };
  return [
    entry(at, {
      ...both,
      userId: event.payerUserId,
      type: toPayer,
      counterpartUserId: event.payeeUserId,
      counterpartHandle: event.payeeHandle,
    }),
    entry(at, {
      ...both,
      userId: event.payeeUserId,
      type: toPayee,
      counterpartUserId: event.payerUserId,
      counterpartHandle: event.payerHandle,
    }),
  ];
}

/** What each event means to the people it touches: at most one entry per user. */
export const activityOf: {
  [Type in FeedEventType]: (payload: EventPayloads[Type], at: Date) => FeedEntry[];
} = {
  'quayside.payments.v1.AccountOpened': ({ userId, accountId }, at) => [
    entry(at, { userId, type: 'account_opened', accountId }),
  ],
  'quayside.payments.v1.TopUpCompleted': ({ userId, topUpId, accountId, amount }, at) => [
    entry(at, { userId, type: 'top_up_completed', topUpId, accountId, money: amount }),
  ],
  'quayside.payments.v1.TopUpFailed': ({ userId, topUpId, accountId, amount }, at) => [
    entry(at, { userId, type: 'top_up_failed', topUpId, accountId, money: amount }),
  ],
  'quayside.payments.v1.PaymentCompleted': (event, at) =>
    toBoth(event, at, 'payment_sent', 'payment_received'),
  'quayside.payments.v1.PaymentRefunded': (event, at) => {
    const { paymentId, refundId, amount: money } = event;
    const both = { paymentId, refundId, money };
    return [
      entry(at, {
        ...both,
        userId: event.payerUserId,
        type: 'refund_received',
        counterpartUserId: event.payeeUserId,
        counterpartHandle: event.payeeHandle,
      }),
      entry(at, {
        ...both,
        userId: event.payeeUserId,
        type: 'refund_sent',
        counterpartUserId: event.payerUserId,
        counterpartHandle: event.payerHandle,
      }),
    ];
  },
  'quayside.payments.v1.PaymentAuthorized': (event, at) =>
    toBoth(event, at, 'hold_placed', 'hold_received'),
  // Only now has money moved.
  'quayside.payments.v1.PaymentCaptured': (event, at) =>
    toBoth(event, at, 'payment_sent', 'payment_received'),
  'quayside.payments.v1.PaymentVoided': (event, at) =>
    toBoth(event, at, 'hold_voided', 'hold_voided'),
  'quayside.payments.v1.PaymentExpired': (event, at) =>
    toBoth(event, at, 'hold_expired', 'hold_expired'),
};
