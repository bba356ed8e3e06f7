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
  ...change,
});
const sides = (change: Partial<Sides> = {}): Sides => ({
  payer: account(),
  payee: account({ accountId: 'b', userId: 'v', handle: 'bob', balance: 0n }),
  payeeKnown: true,
  same: false,
  ...change,
});
const decide = (change: Partial<Sides>, amount = 10n) => {
  const decision = decidePayment({ amount, currency: 'EUR' }, sides(change));
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
  // Frozen or closed: the payer learns only that the payee cannot be paid.
  for (const status of ['frozen', 'closed'] as const) {
    assert.equal(decide({ payee: account({ status }) }), 'account_not_usable');
  }
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
  const decision = decidePayment({ amount: 10n, currency: 'EUR' }, both);
  assert.deepEqual(decision, { payer: both.payer, payee: both.payee });
});
