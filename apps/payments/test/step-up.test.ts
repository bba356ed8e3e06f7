import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refusal, startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
let payer: TestCustomer;
let payee: TestCustomer;
before(async () => {
  payments = await startPayments({
    STEP_UP_ABOVE_MINOR_UNITS: '1000',
    STEP_UP_MAX_AGE_SECONDS: '300',
  });
  [payer, payee] = await Promise.all([payments.customer('payer'), payments.customer('payee')]);
  await payer.topUp(100_000);
});
after(() => payments.stop());

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

async function pay(
  amount: number,
  claims: object,
  key = crypto.randomUUID(),
  authorizeOnly = false,
) {
  const caller = await payments.callerAs({ userId: payer.userId, ...claims });
  const request = {
    idempotencyKey: key,
    toHandle: payee.handle,
    amount: { amount: String(amount), currency: 'EUR' },
    authorizeOnly,
  };
  return (await payments.client.CreatePayment(request, { caller })).payment!;
}

const enrolled = { secondFactor: true, acr: 'aal1', authTime: secondsAgo(5) };
const steppedUp = { secondFactor: true, acr: 'aal2', authTime: secondsAgo(5) };
const needed = refusal('step_up_required');

test('who has a second factor needs it for more than the amount, paying and setting aside alike', async () => {
  await pay(1000, enrolled);
  await assert.rejects(pay(1001, enrolled), needed);
  await assert.rejects(pay(1001, enrolled, crypto.randomUUID(), true), needed);
  await pay(1001, steppedUp);
  await pay(1001, steppedUp, crypto.randomUUID(), true);
});

test('one that was given too long ago does not count', async () => {
  await assert.rejects(pay(1001, { ...steppedUp, authTime: secondsAgo(400) }), needed);
});

test('who has none pays as before, and the refused key may be used again after the step-up', async () => {
  await pay(1001, { secondFactor: false, acr: 'aal1' });
  const key = crypto.randomUUID();
  await assert.rejects(pay(2000, enrolled, key), needed);
  const paid = await pay(2000, steppedUp, key);
  assert.equal((await pay(2000, steppedUp, key)).paymentId, paid.paymentId);
});
