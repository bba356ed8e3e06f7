import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toTimestamp } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { accountToJson, entryToJson, paymentToJson, present, topUpToJson } from './wire';

const money = (amount: string) => ({ amount, currency: 'EUR' });
const createdAt = toTimestamp(new Date('2026-01-02T03:04:05.678Z'));

test('a payment: lower-case status, what was given back, time in UTC', () => {
  const payment = {
    paymentId: 'p1',
    status: 'PAYMENT_STATUS_PARTIALLY_REFUNDED',
    fromHandle: 'alice',
    toHandle: 'bob',
    amount: money('1250'),
    captured: money('1250'),
    fee: money('10'),
    refunded: money('250'),
    description: 'lunch',
    createdAt,
    expiresAt: null,
  } as const;
  assert.deepEqual(paymentToJson(payment), {
    ...payment,
    status: 'partially_refunded',
    createdAt: '2026-01-02T03:04:05.678Z',
  });
  assert.deepEqual(paymentToJson({ ...payment, refunded: null }).refunded, money('0'));
  const held = paymentToJson({ ...payment, expiresAt: createdAt });
  assert.equal(held.expiresAt, '2026-01-02T03:04:05.678Z');
});

test('an account has its currency beside its balance', () => {
  const account = {
    accountId: 'a1',
    balance: money('100'),
    held: money('40'),
    available: money('60'),
    status: 'ACCOUNT_STATUS_OPEN',
  } as const;
  assert.deepEqual(accountToJson(account), { ...account, currency: 'EUR', status: 'open' });
});

test('an entry that no payment caused has no payment', () => {
  const entry = {
    entryId: 'e1',
    entryNumber: '1',
    amount: money('-5'),
    balanceAfter: money('95'),
    paymentId: '',
    description: 'top-up',
    createdAt,
  };
  assert.equal(entryToJson(entry).paymentId, null);
  assert.equal(entryToJson({ ...entry, paymentId: 'p1' }).paymentId, 'p1');
  assert.equal('entryNumber' in entryToJson(entry), false);
});

test('a top-up says how it stands', () => {
  const topUp = { topUpId: 't1', amount: money('5'), createdAt, failureReason: '' };
  assert.equal(topUpToJson({ ...topUp, status: 'TOP_UP_STATUS_PENDING' }).status, 'pending');
  const completed = topUpToJson({ ...topUp, status: 'TOP_UP_STATUS_COMPLETED' });
  assert.deepEqual([completed.status, completed.failureReason], ['completed', null]);
  const failed = {
    ...topUp,
    failureReason: 'card_declined',
    status: 'TOP_UP_STATUS_FAILED',
  } as const;
  assert.equal(topUpToJson(failed).failureReason, 'card_declined');
});

test('an answer without what it must carry is our error, not the caller’s', () => {
  assert.throws(
    () => present(null, 'the payment'),
    (error) => error instanceof QuaysideError && error.code === 'internal',
  );
});
