import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Account } from './account';
import { decideRefund, paymentStatus, type RefundCase } from './refund';
import { isRefusal } from './refusal';

const account = (userId: string, change: Partial<Account> = {}): Account => ({
  accountId: userId,
  userId,
  handle: userId,
  currency: 'EUR',
  status: 'open',
  balance: 1_000n,
  held: 0n,
  spentToday: 0n,
  ...change,
});
const payment = {
  paymentId: 'p',
  payerUserId: 'payer',
  payeeUserId: 'payee',
  amount: 100n,
  status: 'completed' as const,
  captured: null,
  refunded: 0n,
  currency: 'EUR',
};
const refundCase: RefundCase = {
  caller: 'payee',
  payment,
  payer: account('payer'),
  payee: account('payee'),
};
const decide = (change: Partial<RefundCase>, amount?: bigint, currency = 'EUR') => {
  const wanted = amount === undefined ? undefined : { amount, currency };
  const decision = decideRefund(wanted, { ...refundCase, ...change });
  return isRefusal(decision) ? decision.code : decision.amount;
};

test('without an amount all that is left is given back', () => {
  assert.equal(decide({}), 100n);
  assert.equal(decide({ payment: { ...payment, refunded: 30n } }), 70n);
});

test('each reason against a refund has its code', () => {
  const unknown = decideRefund(undefined, { caller: 'payee' });
  assert.ok(isRefusal(unknown) && unknown.code === 'not_found');
  assert.equal(decide({ caller: 'payer' }), 'not_refundable');
  assert.equal(decide({}, 1n, 'USD'), 'currency_mismatch');
  assert.equal(decide({ payment: { ...payment, refunded: 100n } }), 'not_refundable');
  assert.equal(decide({}, 101n), 'refund_exceeds_payment');
  for (const status of ['authorized', 'voided', 'expired'] as const) {
    assert.equal(decide({ payment: { ...payment, status } }), 'not_refundable');
  }
  // Of a hold only what was captured can be given back.
  assert.equal(decide({ payment: { ...payment, captured: 60n } }), 60n);
  assert.equal(decide({ payment: { ...payment, captured: 60n } }, 61n), 'refund_exceeds_payment');
  assert.equal(decide({ payee: account('payee', { balance: 99n }) }), 'insufficient_funds');
  assert.equal(decide({ payee: account('payee', { held: 901n }) }), 'insufficient_funds');
  assert.equal(decide({ payer: undefined }), 'account_not_usable');
  assert.equal(decide({ payee: account('payee', { status: 'frozen' }) }), 'account_frozen');
  assert.equal(decide({ payer: account('payer', { status: 'closed' }) }), 'account_not_usable');
});

test('any row of refunds gives back at most what was paid, and the status says how much', () => {
  const amounts = fc.array(fc.option(fc.bigInt({ min: 1n, max: 120n }), { nil: undefined }));
  fc.assert(
    fc.property(amounts, (wishes) => {
      let refunded = 0n;
      for (const wish of wishes) {
        const decision = decide({ payment: { ...payment, refunded } }, wish);
        const left = 100n - refunded;
        const granted = left > 0n && (wish ?? left) <= left;
        assert.equal(typeof decision === 'bigint', granted);
        if (typeof decision === 'bigint') {
          assert.equal(decision, wish ?? left);
          refunded += decision;
        }
      }
      assert.ok(refunded <= 100n);
      const partly = refunded < 100n ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
      const status = refunded === 0n ? 'COMPLETED' : partly;
      assert.equal(paymentStatus({ ...payment, refunded }), `PAYMENT_STATUS_${status}`);
    }),
  );
});
