import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Account } from './account';
import { decidePayment, type Sides } from './payment';
import { isRefusal } from './refusal';

const account = (change: Partial<Account> = {}): Account => ({
  accountId: 'a',
  userId: 'u',
  handle: 'ada',
  currency: 'EUR',
  status: 'open',
  balance: 100n,
  held: 0n,
  spentToday: 0n,
  ...change,
});
const sides = (change: Partial<Sides> = {}): Sides => ({
  payer: account(),
  payee: account({ accountId: 'b', userId: 'v', handle: 'bob', balance: 0n }),
  payeeKnown: true,
  same: false,
  ...change,
});
const eur = (amount: bigint) => new Map([['EUR', amount]]);
const limits = { perPayment: eur(10n ** 15n), perDay: eur(10n ** 16n) };
const decide = (change: Partial<Sides>, amount = 10n) => {
  const decision = decidePayment({ amount, currency: 'EUR' }, sides(change), limits);
  return isRefusal(decision) ? decision.code : 'approved';
};

test('each reason against a payment has its code', () => {
  assert.equal(decide({}), 'approved');
  assert.equal(decide({ payee: undefined, payeeKnown: false }), 'unknown_payee');
  assert.equal(decide({ same: true }), 'same_account');
  assert.equal(decide({ payer: undefined }), 'account_not_open');
  assert.equal(decide({ payee: undefined }), 'payee_has_no_account');
  assert.equal(decide({ payer: account({ status: 'frozen' }) }), 'account_frozen');
  assert.equal(decide({ payer: account({ status: 'closed' }) }), 'account_not_usable');
  assert.equal(decide({ payee: account({ status: 'frozen' }) }), 'account_not_usable');
  // Who has left is as if they had never been here.
  assert.equal(decide({ payee: account({ status: 'closed' }) }), 'unknown_payee');
});

test('whoever holds enough may pay, to the last cent and not beyond', () => {
  const cents = fc.bigInt({ min: 1n, max: 10n ** 15n });
  fc.assert(
    fc.property(cents, cents, cents, (free, held, amount) => {
      const balance = free + held;
      const expected = amount <= free ? 'approved' : 'insufficient_funds';
      assert.equal(decide({ payer: account({ balance, held }) }, amount), expected);
    }),
  );
  assert.equal(decide({ payer: account({ balance: 10n }) }), 'approved');
  assert.equal(decide({ payer: account({ balance: 9n }) }), 'insufficient_funds');
});

test('what is approved is between the two accounts that were looked at', () => {
  const both = sides();
  const decision = decidePayment({ amount: 10n, currency: 'EUR' }, both, limits);
  assert.deepEqual(decision, { payer: both.payer, payee: both.payee });
});

test('what is beyond a limit is refused by its name, to the last cent', () => {
  const of = (amount: bigint, spentToday: bigint) => {
    const payer = account({ balance: 1_000n, spentToday });
    const strict = { perPayment: eur(60n), perDay: eur(100n) };
    const decision = decidePayment({ amount, currency: 'EUR' }, sides({ payer }), strict);
    return isRefusal(decision) ? decision.detail : 'approved';
  };
  assert.equal(of(60n, 40n), 'approved');
  assert.match(of(61n, 0n), /of one payment is 60/);
  assert.match(of(60n, 41n), /of a day is 100 minor units of EUR; 59 are left/);
  assert.match(of(1n, 200n), /; 0 are left/);
});
