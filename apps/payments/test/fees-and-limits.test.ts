// What payees pay for payments, and how much payers may pay.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { refusal, startPayments, type PaymentsFixture } from './fixture';

let payments: PaymentsFixture;
before(async () => {
  payments = await startPayments({
    FEE_BASIS_POINTS: '200',
    FEE_FIXED: 'EUR=5',
    LIMIT_PER_PAYMENT_MINOR_UNITS: 'EUR=600,1,JPY=900',
    LIMIT_PER_DAY_MINOR_UNITS: 'EUR=1000,1,JPY=1200',
  });
});
after(() => payments.stop());

async function pair() {
  const [payer, payee] = await Promise.all([
    payments.customer('payer'),
    payments.customer('payee'),
  ]);
  await payer.topUp(5_000);
  return { payer, payee };
}

test('the payee pays the fee, as an entry of its own; a refund does not bring it back', async () => {
  const { payer, payee } = await pair();
  const paymentId = await payer.pay(payee.handle, 500);
  assert.deepEqual(await payee.statement(), [
    { amount: 500, balanceAfter: 500 },
    { amount: -15, balanceAfter: 485 },
  ]);
  const { payment } = await payments.client.GetPayment({ paymentId }, { caller: payee.caller });
  assert.deepEqual([payment?.amount?.amount, payment?.fee?.amount], ['500', '15']);
  await assert.rejects(payee.refund(paymentId), refusal('insufficient_funds'));
  await payee.refund(paymentId, 485);
  assert.deepEqual([await payer.balance(), await payee.balance()], [4_985n, 0n]);
});

test('the fee of a hold is that of what was captured; a payment smaller than its fee is the fee', async () => {
  const { payer, payee } = await pair();
  await payee.capture(await payer.hold(payee.handle, 500), 100);
  assert.equal(await payee.balance(), 93n);
  await payer.pay(payee.handle, 3);
  assert.equal(await payee.balance(), 93n);
});

test('limits hold for payments and holds together, however many come at once', async () => {
  const { payer, payee } = await pair();
  await assert.rejects(payer.pay(payee.handle, 601), refusal('limit_exceeded'));
  await assert.rejects(payer.hold(payee.handle, 601), refusal('limit_exceeded'));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0 ? payer.pay(payee.handle, 100) : payer.hold(payee.handle, 100),
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10);
  await assert.rejects(payer.pay(payee.handle, 1), refusal('limit_exceeded'));
  // What came in may go out again.
  await payee.pay(payer.handle, 1);
});

test('each currency has its own limits and its own day', async () => {
  const { payer, payee } = await pair();
  const { client } = payments;
  for (const { caller } of [payer, payee])
    await client.OpenAccount({ currency: 'JPY' }, { caller });
  const request = (amount: number) => ({
    idempotencyKey: randomUUID(),
    amount: { amount: String(amount), currency: 'JPY' },
  });
  const options = { caller: payer.caller };
  await client.CreateTopUp(request(5_000), options);
  const payYen = (amount: number) =>
    client.CreatePayment({ ...request(amount), toHandle: payee.handle }, options);

  await payer.pay(payee.handle, 600);
  await payer.pay(payee.handle, 400);
  await assert.rejects(payer.pay(payee.handle, 1), refusal('limit_exceeded'));
  // No euro is left for today, and all of the yen.
  await assert.rejects(payYen(901), /limit of one payment is 900 minor units of JPY/);
  await payYen(900);
  await assert.rejects(payYen(301), /limit of a day is 1200 minor units of JPY; 300 are left/);
  await payYen(300);
});

test('after all of this the audit finds nothing', async () => {
  assert.deepEqual(await payments.audit(), []);
});
