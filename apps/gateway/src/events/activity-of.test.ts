import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consumerGroups } from '@quayside/contracts';
import { activityOf } from './activity-of';

const at = new Date('2026-01-02T03:04:05.678Z');
const amount = { amount: '9007199254740993', currency: 'EUR' };
const people = {
  payerUserId: 'payer',
  payerHandle: 'alice',
  payeeUserId: 'payee',
  payeeHandle: 'bob',
};

test('every event of the topics of payments that the gateway reads has its place in the feed', () => {
  const read = consumerGroups.gateway.topics.flatMap(({ owner, events }) =>
    owner === 'payments' ? [...events] : [],
  );
  assert.deepEqual(Object.keys(activityOf).sort(), read.sort());
});

test('a payment is told to both sides, with the other one as the counterpart', () => {
  const entries = activityOf['quayside.payments.v1.PaymentCompleted'](
    { ...people, paymentId: 'p1', amount, description: 'lunch' },
    at,
  );
  assert.deepEqual(
    entries.map((each) => [each.userId, each.type, each.counterpartUserId, each.counterpartHandle]),
    [
      ['payer', 'payment_sent', 'payee', 'bob'],
      ['payee', 'payment_received', 'payer', 'alice'],
    ],
  );
  for (const entry of entries) {
    assert.equal(entry.amount, 9007199254740993n);
    assert.equal(entry.currency, 'EUR');
    assert.equal(entry.paymentId, 'p1');
    assert.equal(entry.description, 'lunch');
    assert.equal(entry.occurredAt, at);
  }
  assert.notEqual(entries[0]?.activityId, entries[1]?.activityId);
});

test('a refund goes the other way', () => {
  const entries = activityOf['quayside.payments.v1.PaymentRefunded'](
    { ...people, refundId: 'r1', paymentId: 'p1', amount },
    at,
  );
  assert.deepEqual(
    entries.map(({ userId, type, refundId }) => ({ userId, type, refundId })),
    [
      { userId: 'payer', type: 'refund_received', refundId: 'r1' },
      { userId: 'payee', type: 'refund_sent', refundId: 'r1' },
    ],
  );
});

test('an account and a top-up touch one person', () => {
  const opened = activityOf['quayside.payments.v1.AccountOpened'](
    { accountId: 'a1', userId: 'u1', currency: 'EUR' },
    at,
  );
  assert.deepEqual(
    opened.map(({ type, amount: none, currency }) => [type, none, currency]),
    [['account_opened', null, null]],
  );
  const toppedUp = activityOf['quayside.payments.v1.TopUpCompleted'](
    { topUpId: 't1', userId: 'u1', accountId: 'a1', amount },
    at,
  );
  assert.deepEqual(
    toppedUp.map(({ type, topUpId, accountId }) => [type, topUpId, accountId]),
    [['top_up_completed', 't1', 'a1']],
  );
  const failed = activityOf['quayside.payments.v1.TopUpFailed'](
    { topUpId: 't1', userId: 'u1', accountId: 'a1', amount, reason: 'card_declined' },
    at,
  );
  assert.deepEqual(
    failed.map(({ type, userId, topUpId }) => [type, userId, topUpId]),
    [['top_up_failed', 'u1', 't1']],
  );
});

test('a hold is told to both sides; what is captured of it is a payment', () => {
  const event = { ...people, paymentId: 'p1', amount };
  const typesOf = (entries: { type: string }[]) => entries.map(({ type }) => type);
  const authorized = { ...event, description: 'lunch', expiresAt: null };
  assert.deepEqual(typesOf(activityOf['quayside.payments.v1.PaymentAuthorized'](authorized, at)), [
    'hold_placed',
    'hold_received',
  ]);
  const captured = { ...event, description: 'lunch' };
  assert.deepEqual(typesOf(activityOf['quayside.payments.v1.PaymentCaptured'](captured, at)), [
    'payment_sent',
    'payment_received',
  ]);
  assert.deepEqual(typesOf(activityOf['quayside.payments.v1.PaymentVoided'](event, at)), [
    'hold_voided',
    'hold_voided',
  ]);
  assert.deepEqual(typesOf(activityOf['quayside.payments.v1.PaymentExpired'](event, at)), [
    'hold_expired',
    'hold_expired',
  ]);
});
