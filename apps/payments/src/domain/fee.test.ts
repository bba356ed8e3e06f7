import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { feeOf, feeRule, isFree } from './fee';

const eur = (amount: bigint) => ({ amount, currency: 'EUR' });

test('a share of the amount, rounded, and something on top', () => {
  const rule = feeRule(150, ['EUR=25', 'JPY=30']);
  assert.equal(feeOf(eur(10_000n), rule), 175n);
  assert.equal(feeOf(eur(1_033n), rule), 40n);
  assert.equal(feeOf({ amount: 1_000n, currency: 'JPY' }, rule), 45n);
  assert.equal(feeOf({ amount: 1_000n, currency: 'USD' }, rule), 15n);
});

test('without a rule there is no fee; with one it is never more than the payment', () => {
  assert.ok(isFree(feeRule(0, [])));
  const amounts = fc.bigInt({ min: 1n, max: 10n ** 15n });
  const shares = fc.nat(10_000);
  fc.assert(
    fc.property(amounts, shares, fc.nat(999_999_999), (amount, basisPoints, fixed) => {
      const fee = feeOf(eur(amount), feeRule(basisPoints, [`EUR=${fixed}`]));
      assert.ok(fee >= 0n && fee <= amount);
      assert.equal(feeOf(eur(amount), feeRule(0, [])), 0n);
    }),
  );
});

test('a setting that is no rule is refused', () => {
  for (const text of ['EUR', 'EUR=', 'EUR=-1', 'CHF=1', 'EUR=1.5']) {
    assert.throws(() => feeRule(0, [text]), text);
  }
});
