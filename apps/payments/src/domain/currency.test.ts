import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currencies, knownCurrency } from './currency';

test('four currencies, and the minor unit of each', () => {
  assert.deepEqual(currencies, { EUR: 2, USD: 2, GBP: 2, JPY: 0 });
  assert.equal(knownCurrency('JPY', '/currency'), 'JPY');
});

test('any other code is refused, and so is what every object has', () => {
  for (const code of ['', 'eur', 'CHF', 'EUR\n', 'toString']) {
    assert.throws(() => knownCurrency(code, '/currency'), { code: 'invalid_request' });
  }
});
