import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../store/activity';
import { activityToJson } from './activity-wire';

const activity: Activity = {
  activityId: 'x1',
  type: 'payment_received',
  occurredAt: new Date('2026-01-02T03:04:05.678Z'),
  amount: 1250n,
  currency: 'EUR',
  counterpartHandle: 'alice',
  paymentId: 'p1',
  refundId: null,
  topUpId: null,
  accountId: null,
  description: 'lunch',
};

test('an item reads well and carries its ids', () => {
  assert.deepEqual(activityToJson(activity), {
    activityId: 'x1',
    type: 'payment_received',
    title: 'alice paid you',
    at: '2026-01-02T03:04:05.678Z',
    amount: { amount: '1250', currency: 'EUR' },
    counterpartHandle: 'alice',
    paymentId: 'p1',
    refundId: null,
    topUpId: null,
    accountId: null,
    description: 'lunch',
  });
});

test('what is not about money has no amount', () => {
  const opened = activityToJson({
    ...activity,
    type: 'account_opened',
    amount: null,
    currency: null,
    counterpartHandle: null,
  });
  assert.equal(opened.amount, null);
  assert.equal(opened.title, 'Your account was opened');
});

test('somebody who was erased has no name', () => {
  const { title } = activityToJson({ ...activity, counterpartHandle: 'deleted_user' });
  assert.equal(title, 'a deleted user paid you');
});
