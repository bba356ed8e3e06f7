import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from './print';

test('minor units become an amount to read, without floating point', () => {
  const format = (amount: string): string => formatMoney({ amount, currency: 'EUR' });
  assert.equal(format('1250'), '12.50 EUR');
  assert.equal(format('5'), '0.05 EUR');
  assert.equal(format('-5'), '-0.05 EUR');
  assert.equal(format('0'), '0.00 EUR');
  assert.equal(format('-9007199254740993'), '-90071992547409.93 EUR');
});
