// Payments that are authorized first: set aside, then captured, voided or expired.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import { expireHolds } from '../src/posting/expire-holds';
import { refusal, startPayments, type PaymentsFixture } from './fixture';

let payments: PaymentsFixture;
before(async () => {
  payments = await startPayments();
});
after(() => payments.stop());

async function pair(money = 100) {
  const [payer, payee] = await Promise.all([
    payments.customer('payer'),
    payments.customer('payee'),
  ]);
  await payer.topUp(money);
  return { payer, payee };
}
const read = async (paymentId: string, { caller }: Awaited<ReturnType<typeof pair>>['payer']) =>
  (await payments.client.GetPayment({ paymentId }, { caller })).payment;

test('a hold sets money aside, a capture takes part of it and releases the rest', async () => {
  const { payer, payee } = await pair();
  const paymentId = await payer.hold(payee.handle, 80);
  assert.deepEqual(
    [await payer.balance(), await payer.held(), await payee.balance()],
    [100n, 80n, 0n],
  );
  await assert.rejects(payer.pay(payee.handle, 21), refusal('insufficient_funds'));
  await assert.rejects(payer.hold(payee.handle, 21), refusal('insufficient_funds'));
  await payer.pay(payee.handle, 20);
  await assert.rejects(payee.capture(paymentId, 81), refusal('capture_exceeds_hold'));
  await assert.rejects(payer.capture(paymentId), refusal('not_possible'));
  await payee.capture(paymentId, 50);
  assert.deepEqual(
    [await payer.balance(), await payer.held(), await payee.balance()],
    [30n, 0n, 70n],
  );
  await assert.rejects(payee.capture(paymentId), refusal('already_captured'));
  await assert.rejects(payee.void(paymentId), refusal('already_captured'));
  const payment = await read(paymentId, payer);
  assert.deepEqual(
    [payment?.status, payment?.amount?.amount, payment?.captured?.amount],
    ['PAYMENT_STATUS_COMPLETED', '80', '50'],
  );
});

test('no more is refunded than was captured', async () => {
  const { payer, payee } = await pair();
  const paymentId = await payer.hold(payee.handle, 80);
  await assert.rejects(payee.refund(paymentId), refusal('not_refundable'));
  await payee.capture(paymentId, 50);
  await assert.rejects(payee.refund(paymentId, 51), refusal('refund_exceeds_payment'));
  await payee.refund(paymentId, 20);
  await payee.refund(paymentId);
  assert.equal((await read(paymentId, payee))?.status, 'PAYMENT_STATUS_REFUNDED');
  assert.equal(await payer.balance(), 100n);
});

test('a void releases all of it, also when the payer is frozen', async () => {
  const { payer, payee } = await pair();
  const paymentId = await payer.hold(payee.handle, 80);
  await assert.rejects(payer.void(paymentId), refusal('not_possible'));
  await payments.database.query("UPDATE accounts SET status = 'frozen' WHERE user_id = $1", [
    payer.userId,
  ]);
  await assert.rejects(payee.capture(paymentId), refusal('account_not_usable'));
  await payee.void(paymentId);
  assert.deepEqual([await payer.balance(), await payer.held()], [100n, 0n]);
  await assert.rejects(payee.capture(paymentId), refusal('already_voided'));
  await assert.rejects(payee.void(paymentId), refusal('already_voided'));
});

test('what moved at once is no hold, and what is not there is not found', async () => {
  const { payer, payee } = await pair();
  const paymentId = await payer.pay(payee.handle, 1);
  await assert.rejects(payee.capture(paymentId), refusal('not_a_hold'));
  await assert.rejects(payee.void(paymentId), refusal('not_a_hold'));
  await assert.rejects(payee.void(randomUUID()), refusal('not_found'));
});

test('each answer is given again under its key, 20 times at once', async () => {
  const { payer, payee } = await pair();
  const [holdKey, captureKey, refusedKey] = [randomUUID(), randomUUID(), randomUUID()];
  const twenty = <T>(call: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, call));
  const ids = await twenty(() => payer.hold(payee.handle, 80, holdKey));
  assert.equal(new Set(ids).size, 1);
  const [paymentId = ''] = ids;
  await assert.rejects(payee.capture(paymentId, 81, refusedKey), refusal('capture_exceeds_hold'));
  await twenty(() => payee.capture(paymentId, 30, captureKey));
  await payee.refund(paymentId, 10);
  const request = {
    idempotencyKey: captureKey,
    paymentId,
    amount: { amount: '30', currency: 'EUR' },
  };
  const again = await payments.client.CapturePayment(request, { caller: payee.caller });
  assert.equal(again.payment?.status, 'PAYMENT_STATUS_COMPLETED');
  await assert.rejects(payee.capture(paymentId, 31, captureKey), refusal('idempotency_key_reused'));
  await assert.rejects(payee.capture(paymentId, 81, refusedKey), refusal('capture_exceeds_hold'));
  // The first answer to the hold: authorized, whatever came of it.
  const first = await payments.client.CreatePayment(
    {
      idempotencyKey: holdKey,
      toHandle: payee.handle,
      amount: { amount: '80', currency: 'EUR' },
      authorizeOnly: true,
    },
    { caller: payer.caller },
  );
  assert.deepEqual(
    [first.payment?.status, first.payment?.captured?.amount],
    ['PAYMENT_STATUS_AUTHORIZED', '0'],
  );
  await assert.rejects(payer.pay(payee.handle, 80, holdKey), refusal('idempotency_key_reused'));
});

test('of many captures and voids at once exactly one wins', async () => {
  const { payer, payee } = await pair();
  const paymentId = await payer.hold(payee.handle, 100);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? payee.capture(paymentId, 60) : payee.void(paymentId),
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal(await payer.held(), 0n);
});

test('what nobody captures in time is released, once, by many at a time', async () => {
  const { payer, payee } = await pair(1_000);
  const [late, open] = [await payer.hold(payee.handle, 300), await payer.hold(payee.handle, 200)];
  await payments.expire(late);
  await Promise.all(Array.from({ length: 4 }, () => expireHolds(payments.database)));
  assert.deepEqual([await payer.balance(), await payer.held()], [1_000n, 200n]);
  assert.equal((await read(late, payee))?.status, 'PAYMENT_STATUS_EXPIRED');
  await assert.rejects(payee.capture(late), refusal('hold_expired'));
  await assert.rejects(payee.void(late), refusal('hold_expired'));
  await payee.capture(open);
});

test('payments and holds that arrive together are decided in turn', async () => {
  const { payer, payee } = await pair();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0 ? payer.hold(payee.handle, 10) : payer.pay(payee.handle, 10),
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10);
  const spent = (await payer.held()) + (await payee.balance());
  assert.equal(spent, 100n);
});

test('the service itself releases what has run out: nobody needs to ask for it', async (t) => {
  const { payer, payee } = await pair();
  const paymentId = await payer.hold(payee.handle, 80);
  await payments.owner.query('UPDATE payments SET expires_at = now() WHERE payment_id = $1', [
    paymentId,
  ]);
  // Jobs run when a replica has started, and then again and again.
  const replica = await payments.replica();
  t.after(() => replica.stop());
  await waitFor(async () => (await payer.held()) === 0n, {
    description: 'the hold to be released',
  });
  assert.equal((await read(paymentId, payer))?.status, 'PAYMENT_STATUS_EXPIRED');
});

test('after all of this the audit finds nothing', async () => {
  assert.deepEqual(await payments.audit(), []);
});
