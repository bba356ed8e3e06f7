import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import { v7 } from 'uuid';
import { refusal, startPayments, type PaymentsFixture } from './fixture';

let payments: PaymentsFixture;
before(async () => {
  payments = await startPayments();
});
after(() => payments.stop());

const customers = (...names: string[]) => Promise.all(names.map(payments.customer));

test('50 concurrent payments from an account that covers 20: exactly 20 succeed', async () => {
  const [payer, payee] = await customers('anna', 'ben');
  await payer!.topUp(2_000);
  const paid = await Promise.allSettled(
    Array.from({ length: 50 }, () => payer!.pay(payee!.handle, 100)),
  );
  const refused = paid.filter((outcome) => outcome.status === 'rejected');
  assert.equal(refused.length, 30);
  assert.ok(refused.every(({ reason }) => refusal('insufficient_funds')(reason)));
  assert.equal(await payer!.balance(), 0n);
  assert.equal(await payee!.balance(), 2_000n);
});

test('the same key 20 times at once pays once, and all get the same answer', async () => {
  const [payer, payee] = await customers('carl', 'dina');
  await payer!.topUp(1_000);
  const key = randomUUID();
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => payer!.pay(payee!.handle, 100, key)),
  );
  assert.equal(new Set(ids).size, 1);
  assert.equal(await payer!.balance(), 900n);
  await assert.rejects(payer!.pay(payee!.handle, 101, key), refusal('idempotency_key_reused'));
});

test('two callers may use the same key and never see each other’s answers', async () => {
  const [first, second, payee] = await customers('emil', 'fay', 'gus');
  await Promise.all([first!.topUp(100), second!.topUp(100)]);
  const key = randomUUID();
  const [one, two] = await Promise.all([
    first!.pay(payee!.handle, 10, key),
    second!.pay(payee!.handle, 10, key),
  ]);
  assert.notEqual(one, two);
  assert.equal(await payee!.balance(), 20n);
});

test('a decided refusal replays even when it would be granted now', async () => {
  const [payer, payee] = await customers('hugo', 'ida');
  const key = randomUUID();
  await assert.rejects(payer!.pay(payee!.handle, 5, key), refusal('insufficient_funds'));
  await payer!.topUp(100);
  await assert.rejects(payer!.pay(payee!.handle, 5, key), refusal('insufficient_funds'));
  await payer!.pay(payee!.handle, 5);
});

test('each refusal has its code', async () => {
  const [payer, payee] = await customers('jan', 'kim');
  await payer!.topUp(100);
  await assert.rejects(payer!.pay('nobody_at_all', 1), refusal('unknown_payee'));
  await assert.rejects(payer!.pay(payer!.handle, 1), refusal('same_account'));
  await assert.rejects(payer!.pay(payee!.handle, 0), refusal('invalid_request'));
  await assert.rejects(payer!.topUp(10n ** 12n), refusal('invalid_request'));
  const dollars = { amount: '1', currency: 'USD' };
  const request = { idempotencyKey: randomUUID(), toHandle: payee!.handle, amount: dollars };
  const options = { caller: payer!.caller };
  await assert.rejects(
    payments.client.CreatePayment(request, options),
    refusal('account_not_open'),
  );
  const paymentId = await payer!.pay(payee!.handle, 50);
  await assert.rejects(
    payments.client.RefundPayment(
      { idempotencyKey: randomUUID(), paymentId, amount: dollars },
      { caller: payee!.caller },
    ),
    refusal('currency_mismatch'),
  );
});

test('in a group, too, a payee who has only an account in another currency is known', async () => {
  const [payer, payee] = await customers('jim', 'kay');
  await payer!.topUp(100);
  const options = { caller: payer!.caller };
  await payments.client.OpenAccount({ currency: 'JPY' }, options);
  const inYen = () =>
    payments.client.CreatePayment(
      {
        idempotencyKey: randomUUID(),
        toHandle: payee!.handle,
        amount: { amount: '1', currency: 'JPY' },
      },
      options,
    );
  // The first one goes alone, the others are a group.
  const paid = Array.from({ length: 10 }, () => payer!.pay(payee!.handle, 1));
  await assert.rejects(inYen(), refusal('payee_has_no_account'));
  await Promise.all(paid);
});

test('a payment that the database refuses for no known reason spoils none of its group', async () => {
  const [payer, payee] = await customers('lars', 'mia');
  await payer!.topUp(1_000);
  await payments.owner.query(
    "ALTER TABLE payments ADD CONSTRAINT no_poison CHECK (description <> 'poison') NOT VALID",
  );
  const key = randomUUID();
  const poisoned = () =>
    payments.client.CreatePayment(
      {
        idempotencyKey: key,
        toHandle: payee!.handle,
        amount: { amount: '10', currency: 'EUR' },
        description: 'poison',
      },
      { caller: payer!.caller },
    );
  // The first one goes alone, the others are a group.
  const [before, after] = [10, 9].map((count) =>
    Array.from({ length: count }, () => () => payer!.pay(payee!.handle, 10)),
  );
  const outcomes = await Promise.allSettled(
    [...before!, poisoned, ...after!].map((send) => send()),
  );
  await payments.owner.query('ALTER TABLE payments DROP CONSTRAINT no_poison');
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.deepEqual([outcomes.length, failed.length], [20, 1]);
  assert.ok(refusal('internal')(failed[0]!.reason), String(failed[0]!.reason));
  assert.equal(await payee!.balance(), 190n);
  assert.deepEqual(await payments.audit(), []);
  // Its key was not used up.
  await poisoned();
  await poisoned();
  assert.deepEqual([await payer!.balance(), await payee!.balance()], [800n, 200n]);
});

test('refunds: by the payee only, in parts, never above the original, only with enough money', async () => {
  const [payer, payee, stranger] = await customers('lea', 'max', 'nia');
  await payer!.topUp(100);
  const paymentId = await payer!.pay(payee!.handle, 100);
  await assert.rejects(stranger!.refund(paymentId, 1), refusal('not_found'));
  await assert.rejects(payer!.refund(paymentId, 1), refusal('not_refundable'));
  const key = randomUUID();
  const first = await payee!.refund(paymentId, 40, key);
  assert.equal(await payee!.refund(paymentId, 40, key), first);
  await assert.rejects(payee!.refund(paymentId, 61), refusal('refund_exceeds_payment'));
  await payee!.pay(stranger!.handle, 30);
  await assert.rejects(payee!.refund(paymentId), refusal('insufficient_funds'));
  await payee!.topUp(30);
  await payee!.refund(paymentId);
  await assert.rejects(payee!.refund(paymentId), refusal('not_refundable'));
  assert.equal(await payer!.balance(), 100n);
  const { payment } = await payments.client.GetPayment({ paymentId }, { caller: payer!.caller });
  assert.equal(payment?.status, 'PAYMENT_STATUS_REFUNDED');
});

test('many refunds of one payment at once never give back more than was paid', async () => {
  const [payer, payee] = await customers('olaf', 'pia');
  await payer!.topUp(100);
  const paymentId = await payer!.pay(payee!.handle, 100);
  await payee!.topUp(1_000);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => payee!.refund(paymentId, 30)),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3);
  assert.equal(await payer!.balance(), 90n);
});

test('statement pages stay what they were while new entries arrive', async () => {
  const [payer, payee] = await customers('quin', 'rea');
  await payer!.topUp(1_000);
  for (let index = 0; index < 9; index += 1) await payer!.pay(payee!.handle, 1);
  const { caller } = payer!;
  const { accounts } = await payments.client.ListAccounts({}, { caller });
  const accountId = accounts[0]?.accountId;
  const page = (cursor: string) =>
    payments.client.GetStatement({ accountId, cursor, limit: 4 }, { caller });
  const first = await page('');
  await payer!.pay(payee!.handle, 1);
  const second = await page(first.nextCursor);
  const third = await page(second.nextCursor);
  const numbers = [first, second, third].flatMap(({ entries }) =>
    entries.map(({ entryNumber }) => Number(entryNumber)),
  );
  assert.deepEqual(numbers, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  assert.equal(third.nextCursor, '');
  await assert.rejects(page('what?'), refusal('invalid_request'));
  await assert.rejects(
    payments.client.GetStatement({ accountId }, { caller: payee!.caller }),
    refusal('not_found'),
  );
});

test('a user announced twice has one account', async () => {
  const user = { userId: v7(), handle: `twice_${randomUUID().slice(0, 8)}` };
  await payments.announce(user);
  await payments.announce(user);
  const last = await payments.customer('last');
  const count = async () =>
    (await payments.database.query('SELECT FROM accounts WHERE user_id = $1', [user.userId]))
      .length;
  await waitFor(async () => (await count()) > 0);
  await last.topUp(1);
  assert.equal(await count(), 1);
});

test('after all of this the audit finds nothing', async () => {
  assert.deepEqual(await payments.audit(), []);
});
