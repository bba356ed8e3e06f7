import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  consequenceOf,
  isOpen,
  pauseBefore,
  type CardTopUp,
  type CardTopUpState,
  type Fact,
} from './card-top-up';

const saga = (state: CardTopUpState, more: Partial<CardTopUp> = {}): CardTopUp => ({
  ...{ topUpId: 't', userId: 'u', accountId: 'a', currency: 'EUR', amount: 10n },
  ...{ status: 'pending', cardToken: 'tok', version: 1n, attempts: 1, reason: '', trace: {} },
  chargeBefore: new Date(0),
  chargeId: null,
  refundId: null,
  state,
  ...more,
});

const charged: Fact = { kind: 'charged', chargeId: 'ch' };
const refunded: Fact = { kind: 'refunded', chargeId: 'ch', refundId: 're' };
const facts: Fact[] = [
  charged,
  refunded,
  { kind: 'not_charged', reason: 'card_declined' },
  { kind: 'not_charged', reason: 'not_charged' },
  { kind: 'credited' },
  { kind: 'credit_refused' },
  { kind: 'mismatch_undone' },
  { kind: 'given_up', reason: 'charge_unanswered' },
  { kind: 'given_up', reason: 'charge_mismatch' },
  { kind: 'given_up', reason: 'refund_unanswered' },
  { kind: 'resumed' },
];

test('the way of a top-up that succeeds', () => {
  const first = consequenceOf(saga('charging'), charged);
  assert.deepEqual(
    [first?.state, first?.posts, first?.status],
    ['charged', ['card_charge'], 'pending'],
  );
  const last = consequenceOf(saga('charged', { chargeId: 'ch' }), { kind: 'credited' });
  assert.deepEqual(
    [last?.state, last?.posts, last?.status],
    ['completed', ['top_up'], 'completed'],
  );
});

test('what is told twice, or late, changes nothing', () => {
  assert.equal(consequenceOf(saga('charged', { chargeId: 'ch' }), charged), undefined);
  for (const end of ['completed', 'refunded'] as const) {
    for (const fact of facts) assert.equal(consequenceOf(saga(end), fact), undefined);
  }
});

test('charged after its customer was told that it failed: the money goes back', () => {
  const late = consequenceOf(saga('failed', { status: 'failed' }), charged);
  assert.deepEqual(
    [late?.state, late?.posts, late?.status],
    ['refunding', ['card_charge'], 'failed'],
  );
});

test('a refund that is heard of before its charge is posted with it', () => {
  const both = consequenceOf(saga('charging'), refunded);
  assert.deepEqual(
    [both?.state, both?.posts, both?.chargeId],
    ['refunded', ['card_charge', 'card_refund'], 'ch'],
  );
});

test('a refund of another charge says nothing about the top-up', () => {
  for (const state of ['charged', 'refunding', 'needs_attention'] as const) {
    const ours = saga(state, { chargeId: 'ch' });
    assert.equal(consequenceOf(ours, { ...refunded, chargeId: 'ch_other' }), undefined);
    assert.equal(consequenceOf(ours, refunded)?.state, 'refunded');
  }
});

test('whatever becomes known in whatever order, money is taken once and credited or given back once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 12 }), (told) => {
      let now = saga('charging');
      const posted: string[] = [];
      for (const fact of told) {
        const follows = consequenceOf(now, fact);
        if (!follows) continue;
        posted.push(...follows.posts);
        now = { ...now, ...follows };
        const has = (kind: string) => posted.filter((one) => one === kind).length;
        assert.equal(has('card_charge'), now.chargeId === null ? 0 : 1);
        assert.equal(has('top_up'), now.state === 'completed' ? 1 : 0);
        assert.equal(has('card_refund'), now.state === 'refunded' ? 1 : 0);
        assert.equal(now.status === 'completed', now.state === 'completed');
        assert.ok(!isOpen(now.state) || now.status !== 'completed');
      }
    }),
  );
});

test('pauses double up to five minutes', () => {
  const pauses = [1, 2, 3, 20, 2000].map((attempts) => pauseBefore(attempts, 1_000, 0.5));
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 300_000, 300_000]);
  assert.equal(pauseBefore(1, 1_000, 0), 900);
});
