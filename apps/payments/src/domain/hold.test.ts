import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from './account';
import { decideCapture, decideVoid, type HoldablePayment, type HoldCase } from './hold';
import { isRefusal } from './refusal';

const account = (userId: string, status: Account['status'] = 'open'): Account => ({
  accountId: userId,
  userId,
  handle: userId,
  currency: 'EUR',
  status,
  balance: 100n,
  held: 100n,
  spentToday: 0n,
});
const payment: HoldablePayment = {
  payeeUserId: 'payee',
  amount: 100n,
  currency: 'EUR',
  status: 'authorized',
  expiresAt: new Date(),
  late: false,
};
const holdCase: HoldCase = {
  caller: 'payee',
  payment,
  payer: account('payer'),
  payee: account('payee'),
};
const capture = (change: Partial<HoldCase>, amount?: bigint, currency = 'EUR') => {
  const wanted = amount === undefined ? undefined : { amount, currency };
  const decision = decideCapture(wanted, { ...holdCase, ...change });
  return isRefusal(decision) ? decision.code : decision.amount;
};
const released = (change: Partial<HoldCase>) => {
  const decision = decideVoid({ ...holdCase, ...change });
  return isRefusal(decision) ? decision.code : 'approved';
};

test('all or part of a hold is captured, and not more', () => {
  assert.equal(capture({}), 100n);
  assert.equal(capture({}, 1n), 1n);
  assert.equal(capture({}, 100n), 100n);
  assert.equal(capture({}, 101n), 'capture_exceeds_hold');
  assert.equal(capture({}, 1n, 'USD'), 'currency_mismatch');
});

test('what is not an open hold of the caller is neither captured nor voided', () => {
  const cases: [Partial<HoldCase>, string][] = [
    [{ caller: 'payer' }, 'not_possible'],
    [{ payment: { ...payment, status: 'completed', expiresAt: null } }, 'not_a_hold'],
    [{ payment: { ...payment, status: 'completed' } }, 'already_captured'],
    [{ payment: { ...payment, status: 'voided' } }, 'already_voided'],
    [{ payment: { ...payment, status: 'expired', late: true } }, 'hold_expired'],
    [{ payment: { ...payment, late: true } }, 'hold_expired'],
  ];
  for (const [change, code] of cases) {
    assert.deepEqual([capture(change), released(change)], [code, code]);
  }
  const unknown = decideVoid({ caller: 'payee' });
  assert.ok(isRefusal(unknown) && unknown.code === 'not_found');
});

test('a frozen account keeps money from moving, not from being released', () => {
  assert.equal(capture({ payee: account('payee', 'frozen') }), 'account_frozen');
  assert.equal(capture({ payer: account('payer', 'frozen') }), 'account_not_usable');
  assert.equal(released({ payer: account('payer', 'frozen') }), 'approved');
});
