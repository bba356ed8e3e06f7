import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { positiveMoney, toWire } from './money';

const invalid = { code: 'invalid_request' };
const LARGEST = 10n ** 15n;

test('an amount survives the wire, exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: LARGEST }), (amount) => {
      const money = { amount, currency: 'EUR' };
      assert.deepEqual(positiveMoney(toWire(money)), money);
    }),
  );
});

test('nothing, less than nothing and more than the ledger can add up are refused', () => {
  const outside = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 0n }),
    fc.bigInt({ min: LARGEST + 1n, max: 2n ** 63n - 1n }),
  );
  fc.assert(
    fc.property(outside, (amount) => {
      assert.throws(() => positiveMoney({ amount: amount.toString(), currency: 'EUR' }), invalid);
    }),
  );
  assert.throws(() => positiveMoney(null), invalid);
});

test('a currency is one of ours, in capitals', () => {
  for (const currency of ['', 'eur', 'EURO', 'EU', '€', 'CHF', 'EUR ', 'EUR\n']) {
    assert.throws(() => positiveMoney({ amount: '1', currency }), invalid, currency);
  }
});
