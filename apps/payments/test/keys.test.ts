// Idempotency keys: what is decided stays decided, for as long as keys are kept and for its own caller only.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import { v7 } from 'uuid';
import { forgetOldKeys } from '../src/store/idempotency';
import { refusal, startPayments, type PaymentsFixture } from './fixture';

let payments: PaymentsFixture;
before(async () => {
  payments = await startPayments();
});
after(() => payments.stop());

const pair = () => Promise.all([payments.customer('payer'), payments.customer('payee')]);
const setStatus = (userId: string, status: string) =>
  payments.database.query('UPDATE accounts SET status = $2 WHERE user_id = $1', [userId, status]);

test('a refusal is the answer of its key even when its reason is gone: 402, 404 and 422', async () => {
  const [payer, payee] = await pair();
  const newcomer = { userId: v7(), handle: `late_${randomUUID().slice(0, 8)}` };
  const [poor, unknown, frozen] = [randomUUID(), randomUUID(), randomUUID()];
  await assert.rejects(payer.pay(payee.handle, 5, poor), refusal('insufficient_funds'));
  await payer.topUp(100);
  await assert.rejects(payer.pay(newcomer.handle, 5, unknown), refusal('unknown_payee'));
  await setStatus(payee.userId, 'frozen');
  await assert.rejects(payer.pay(payee.handle, 5, frozen), refusal('account_not_usable'));
  await setStatus(payee.userId, 'open');
  await payments.announce(newcomer);
  // Every reason is gone: a new key is granted, the old ones stay refused.
  await waitFor(() => payer.pay(newcomer.handle, 5).catch(() => undefined), {
    timeoutMs: 20_000,
    description: 'the account of the newcomer',
  });
  await payer.pay(payee.handle, 5);
  await assert.rejects(payer.pay(payee.handle, 5, poor), refusal('insufficient_funds'));
  await assert.rejects(payer.pay(newcomer.handle, 5, unknown), refusal('unknown_payee'));
  await assert.rejects(payer.pay(payee.handle, 5, frozen), refusal('account_not_usable'));
  await assert.rejects(payer.pay(payee.handle, 6, poor), refusal('idempotency_key_reused'));
  assert.equal(await payer.balance(), 90n);
});

test('the same refused request 20 times at once is refused 20 times alike', async () => {
  const [payer, payee] = await pair();
  const key = randomUUID();
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => payer.pay(payee.handle, 5, key)),
  );
  for (const answer of answers) {
    assert.ok(answer.status === 'rejected' && refusal('insufficient_funds')(answer.reason));
  }
  const kept = await payments.database.query(
    'SELECT FROM idempotency_keys WHERE caller = $1 AND key = $2',
    [payer.userId, key],
  );
  assert.equal(kept.length, 1);
});

test('top-ups and refunds are made once, too, and a key counts per operation', async () => {
  const [payer, payee] = await pair();
  const key = randomUUID();
  const twenty = <T>(call: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, call));
  const topUps = await twenty(() => payer.topUp(100, key));
  const paymentId = await payer.pay(payee.handle, 60, key);
  const refunds = await twenty(() => payee.refund(paymentId, 10, key));
  assert.deepEqual([new Set(topUps).size, new Set(refunds).size], [1, 1]);
  assert.deepEqual([await payer.balance(), await payee.balance()], [50n, 50n]);
});

test('the first answer to a payment stays as it was, also after a refund', async () => {
  const [payer, payee] = await pair();
  await payer.topUp(100);
  const request = {
    idempotencyKey: randomUUID(),
    toHandle: payee.handle,
    amount: { amount: '60', currency: 'EUR' },
    description: 'lunch',
  };
  const create = () => payments.client.CreatePayment(request, { caller: payer.caller });
  const first = await create();
  await payee.refund(first.payment?.paymentId ?? '');
  assert.deepEqual(await create(), first);
});

test('a request that is not valid does not use up its key', async () => {
  const [payer, payee] = await pair();
  const key = randomUUID();
  await assert.rejects(payer.pay(payee.handle, 0, key), refusal('invalid_request'));
  await payer.topUp(10);
  await payer.pay(payee.handle, 10, key);
});

/** Keeps a key for so many hours already. */
const insertKey = (key: string, hours: number) =>
  payments.database.query(
    `INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id, refusal, created_at)
     VALUES ($1, 'payment', $2, '\\x00', $1, '{}', now() - make_interval(hours => $3))`,
    [v7(), key, hours],
  );
const keptOf = async (...keys: string[]) => {
  const left = await payments.database.query<{ key: string }>(
    'SELECT key FROM idempotency_keys WHERE key = ANY($1)',
    [keys],
  );
  return left.map(({ key }) => key);
};

test('keys are kept for their hours and then forgotten', async () => {
  await insertKey('too old', 49);
  await insertKey('old', 47);
  await forgetOldKeys(payments.database, 48, new AbortController().signal);
  assert.deepEqual(await keptOf('old', 'too old'), ['old']);
});

test('a frozen account neither pays, nor is paid, nor takes or gives back money', async () => {
  const [payer, payee] = await pair();
  await payer.topUp(100);
  const paymentId = await payer.pay(payee.handle, 50);
  const notUsable = refusal('account_not_usable');
  const frozen = refusal('account_frozen');
  await setStatus(payer.userId, 'frozen');
  await assert.rejects(payer.pay(payee.handle, 1), frozen);
  await assert.rejects(payee.pay(payer.handle, 1), notUsable);
  await assert.rejects(payee.refund(paymentId, 1), notUsable);
  await assert.rejects(payer.topUp(1), frozen);
  const { accounts } = await payments.client.ListAccounts({}, { caller: payer.caller });
  assert.equal(accounts[0]?.status, 'ACCOUNT_STATUS_FROZEN');
  assert.deepEqual([await payer.balance(), await payee.balance()], [50n, 50n]);
});

test('a user announced twice has one account', async () => {
  const applied = async () => (await payments.database.query('SELECT FROM inbox')).length;
  const user = { userId: v7(), handle: `twice_${randomUUID().slice(0, 8)}` };
  const soFar = await applied();
  await payments.announce(user);
  await payments.announce(user);
  // Both have been applied, else one account would prove nothing.
  await waitFor(async () => (await applied()) >= soFar + 2, {
    timeoutMs: 20_000,
    description: 'both announcements to be applied',
  });
  const accounts = await payments.database.query('SELECT FROM accounts WHERE user_id = $1', [
    user.userId,
  ]);
  assert.equal(accounts.length, 1);
});

test('the service itself forgets old keys, after the hours of its settings', async (t) => {
  await insertKey('very old', 49);
  await insertKey('still young', 47);
  // Jobs run when a replica has started, and then again and again.
  const replica = await payments.replica();
  t.after(() => replica.stop());
  await waitFor(async () => !(await keptOf('very old')).includes('very old'), {
    description: 'the key to be forgotten',
  });
  assert.deepEqual(await keptOf('very old', 'still young'), ['still young']);
});

test('after all of this the audit finds nothing', async () => {
  assert.deepEqual(await payments.audit(), []);
});
