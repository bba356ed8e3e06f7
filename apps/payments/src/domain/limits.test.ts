import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from './account';
import { limitExceeded, limitsOf } from './limits';

const most = (text: string) => Object.fromEntries(limitsOf(text));

test('a number alone is for every currency that is not named', () => {
  assert.deepEqual(most('100'), { EUR: 100n, USD: 100n, GBP: 100n, JPY: 100n });
  const mixed = { EUR: 50n, USD: 100n, GBP: 100n, JPY: 15_000n };
  assert.deepEqual(most('EUR=50, 100, JPY=15000'), mixed);
  assert.deepEqual(most('EUR=1,USD=2,GBP=3,JPY=0'), { EUR: 1n, USD: 2n, GBP: 3n, JPY: 0n });
});

test('what is no such setting is refused, and so is a currency without a limit', () => {
  for (const text of ['', 'EUR', 'EUR=', 'EUR=-1', '1.5', 'eur=1', '1,', '9'.repeat(19)]) {
    assert.throws(() => most(text), /^Error: has ".*"; write a part as EUR=1000$/, text);
  }
  assert.throws(() => most('100,CHF=5'), /must be one of EUR, USD, GBP, JPY/);
  assert.throws(() => most('100,EUR=5,EUR=6'), /names EUR twice/);
  assert.throws(() => most('100,200'), /names others twice/);
  assert.throws(() => most('EUR=5,USD=5,GBP=5'), /has no limit for JPY/);
});

test('each currency has its own limits', () => {
  const limits = { perPayment: limitsOf('60,JPY=90'), perDay: limitsOf('100,JPY=150') };
  const of = (currency: string, amount: bigint, spentToday = 0n) =>
    limitExceeded({ amount, currency }, { spentToday } as Account, limits)?.detail ?? 'within';
  assert.equal(of('EUR', 60n, 40n), 'within');
  assert.equal(of('JPY', 90n, 60n), 'within');
  assert.match(of('EUR', 61n), /of one payment is 60 minor units of EUR/);
  assert.match(of('JPY', 91n), /of one payment is 90 minor units of JPY/);
  assert.match(of('USD', 60n, 41n), /of a day is 100 minor units of USD; 59 are left/);
  assert.match(of('JPY', 90n, 61n), /of a day is 150 minor units of JPY; 89 are left/);
  assert.match(of('CHF', 1n), /of one payment is 0/);
});
