// Who may call what, and what a request must look like before anything is decided.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { refusal, startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
let ada: TestCustomer;
let bob: TestCustomer;
before(async () => {
  payments = await startPayments();
  [ada, bob] = await Promise.all([payments.customer('ada'), payments.customer('bob')]);
  await ada.topUp(1_000);
});
after(() => payments.stop());

/** One payment of 1 cent, changed as given. */
const paying = (change: { idempotencyKey?: string; toHandle?: string; description?: string }) =>
  payments.client.CreatePayment(
    {
      idempotencyKey: randomUUID(),
      toHandle: bob.handle,
      amount: { amount: '1', currency: 'EUR' },
      description: '',
      ...change,
    },
    { caller: ada.caller },
  );

test('a description has at most 140 characters, however many bytes each takes', async () => {
  const description = '🦭'.repeat(140);
  const { payment } = await paying({ description });
  assert.equal(payment?.description, description);
  await assert.rejects(paying({ description: 'x'.repeat(141) }), refusal('invalid_request'));
});

test('a NUL, which PostgreSQL cannot store, is the caller’s mistake and not ours', async () => {
  await assert.rejects(paying({ description: 'a\u0000b' }), refusal('invalid_request'));
  await assert.rejects(paying({ toHandle: 'a\u0000b' }), refusal('invalid_request'));
  await assert.rejects(paying({ idempotencyKey: 'a\u0000b' }), refusal('invalid_request'));
});

test('a key has 1 to 255 characters', async () => {
  await assert.rejects(paying({ idempotencyKey: '' }), refusal('invalid_request'));
  await assert.rejects(paying({ idempotencyKey: 'k'.repeat(256) }), refusal('invalid_request'));
  await paying({ idempotencyKey: randomUUID().padEnd(255, 'k') });
});

test('an id means the same in capitals', async () => {
  const paymentId = await ada.pay(bob.handle, 2);
  const key = randomUUID();
  const refundId = await bob.refund(paymentId.toUpperCase(), 1, key);
  assert.equal(await bob.refund(paymentId, 1, key), refundId);
});

test('a payment is seen by who made it and who got it, a top-up by its owner, else they do not exist', async () => {
  const stranger = await payments.customer('eve');
  const paymentId = await ada.pay(bob.handle, 1);
  const topUpId = await ada.topUp(1);
  for (const { caller } of [ada, bob]) {
    const { payment } = await payments.client.GetPayment({ paymentId }, { caller });
    assert.equal(payment?.fromHandle, ada.handle);
    assert.equal(payment.toHandle, bob.handle);
  }
  const { topUp } = await payments.client.GetTopUp({ topUpId }, { caller: ada.caller });
  assert.equal(topUp?.status, 'TOP_UP_STATUS_COMPLETED');
  const { caller } = stranger;
  const { client } = payments;
  await assert.rejects(client.GetPayment({ paymentId }, { caller }), refusal('not_found'));
  await assert.rejects(client.GetTopUp({ topUpId }, { caller }), refusal('not_found'));
  await assert.rejects(client.GetPayment({ paymentId: v7() }, { caller }), refusal('not_found'));
  await assert.rejects(client.GetPayment({ paymentId: 'x' }, { caller }), refusal('not_found'));
});

test('without a token nothing is answered, without the scope nothing is moved or shown', async () => {
  const { client } = payments;
  const amount = { amount: '1', currency: 'EUR' };
  await assert.rejects(client.ListAccounts({}), refusal('unauthenticated'));
  const reader = await payments.callerWith(ada.userId, ['accounts:read']);
  const writer = await payments.callerWith(ada.userId, ['payments:write']);
  await client.ListAccounts({}, { caller: reader });
  await assert.rejects(client.ListAccounts({}, { caller: writer }), refusal('forbidden'));
  const request = { idempotencyKey: randomUUID(), amount };
  await assert.rejects(client.CreateTopUp(request, { caller: reader }), refusal('forbidden'));
  await client.CreateTopUp(request, { caller: writer });
});
