// The main job, as a stranger's client sees it: two people sign up, one tops up, pays and is refunded.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import {
  call,
  customer,
  expectStatus,
  newPerson,
  signUp,
  type Activity,
  type Payment,
  type Problem,
} from '../customer';
import { auditLedger } from '../audit';
import { startTemporarySystem } from '../temporary';

let system: RunningSystem;

before(async () => {
  system = await startTemporarySystem();
});
after(async () => {
  await system.stop();
});

test('sign up, top up, pay, refund: balances, statement and feed agree', async () => {
  const alice = await signUp(system.gatewayUrl, 'alice');
  const bob = await signUp(system.gatewayUrl, 'bob');

  expectStatus(await alice.topUp('10000'), 201);
  const payment = expectStatus(await alice.pay(bob.handle, '2500'), 201);
  assert.equal(payment.status, 'completed');
  expectStatus(await bob.refund(payment.paymentId, '500'), 201);

  assert.equal((await alice.account()).balance.amount, '8000');
  assert.equal((await bob.account()).balance.amount, '2000');
  const lines = (await alice.statement()).map(({ amount, balanceAfter }) => [
    amount.amount,
    balanceAfter.amount,
  ]);
  assert.deepEqual(lines, [
    ['500', '8000'],
    ['-2500', '7500'],
    ['10000', '10000'],
  ]);

  const again = expectStatus(await bob.get<Payment>(`/api/v1/payments/${payment.paymentId}`), 200);
  assert.equal(again.status, 'partially_refunded');

  const feed = await waitFor(
    async () => {
      const items = await alice.activity();
      return items.filter(({ paymentId }) => paymentId === payment.paymentId).length === 2 && items;
    },
    { timeoutMs: 10_000, description: "the payment and its refund in the payer's feed" },
  );
  assert.ok(feed.length >= 3);
  assert.deepEqual(await auditLedger(system), []);
});

test('a new account is open when the answer says so', async () => {
  const person = newPerson('carol');
  const answer = await call<{ accessToken: string; userId: string }>(
    system.gatewayUrl,
    '/api/v1/auth/register',
    { method: 'POST', body: person, headers: { prefer: 'wait=10' } },
  );
  const { accessToken, userId } = expectStatus(answer, 201);
  assert.match(answer.headers.get('preference-applied') ?? '', /wait/);
  const carol = customer(system.gatewayUrl, { ...person, accessToken, userId });
  assert.equal((await carol.account()).balance.amount, '0');
});

test('two sign-ups racing for one handle: one 201, one 409, and the loser can choose another', async () => {
  const first = newPerson('dora');
  const second = { ...newPerson('dora'), handle: first.handle };
  const register = (body: unknown) =>
    call<Problem & { userId: string }>(system.gatewayUrl, '/api/v1/auth/register', {
      method: 'POST',
      body,
      headers: { prefer: 'wait=10' },
    });
  const answers = await Promise.all([register(first), register(second)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  const loser = answers[0].status === 409 ? first : second;
  const retry = await register({ ...loser, handle: newPerson('dora').handle });
  expectStatus(retry, 201);
});

test('50 concurrent payments from an account that covers 20: exactly 20 succeed', async () => {
  const payer = await signUp(system.gatewayUrl, 'erin');
  const payee = await signUp(system.gatewayUrl, 'frank');
  expectStatus(await payer.topUp('2000'), 201);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => payer.pay(payee.handle, '100')),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 20);
  assert.equal(answers.filter(({ status }) => status === 402).length, 30);
  assert.equal((await payer.account()).balance.amount, '0');
  assert.equal((await payee.account()).balance.amount, '2000');
});

test('the same idempotency key sent 20 times at once pays once', async () => {
  const payer = await signUp(system.gatewayUrl, 'gina');
  const payee = await signUp(system.gatewayUrl, 'hal');
  expectStatus(await payer.topUp('1000'), 201);
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => payer.pay(payee.handle, '100', key)),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  assert.equal(new Set(answers.map(({ body }) => body.paymentId)).size, 1);
  assert.equal((await payer.account()).balance.amount, '900');
  const other = await payer.pay(payee.handle, '101', key);
  assert.equal(other.status, 422);
});

test('a refused payment is a problem that says what to do, and replays', async () => {
  const payer = await signUp(system.gatewayUrl, 'ivan');
  const payee = await signUp(system.gatewayUrl, 'judy');
  const key = randomUUID();
  const refused = await payer.pay(payee.handle, '1', key);
  assert.equal(refused.status, 402);
  assert.equal(refused.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  expectStatus(await payer.topUp('1000'), 201);
  assert.equal((await payer.pay(payee.handle, '1', key)).status, 402);
  assert.equal((await payer.pay(payee.handle, '1')).status, 201);
  assert.equal((await payer.pay('nobody_at_all', '1')).status, 404);
  assert.equal((await payer.pay(payer.handle, '1')).status, 422);
});

test('nobody reads what is not theirs', async () => {
  const owner = await signUp(system.gatewayUrl, 'kate');
  const stranger = await signUp(system.gatewayUrl, 'leo');
  const payee = await signUp(system.gatewayUrl, 'mia');
  expectStatus(await owner.topUp('1000'), 201);
  const { paymentId } = expectStatus(await owner.pay(payee.handle, '100'), 201);
  const { accountId } = await owner.account();
  assert.equal((await stranger.get(`/api/v1/payments/${paymentId}`)).status, 404);
  assert.equal((await stranger.get(`/api/v1/accounts/${accountId}/statement`)).status, 404);
  assert.equal((await stranger.refund(paymentId, '1')).status, 404);
  assert.equal((await call(system.gatewayUrl, '/api/v1/accounts')).status, 401);
  const found = await stranger.get<Record<string, unknown>>(`/api/v1/users/${owner.handle}`);
  assert.ok(!JSON.stringify(expectStatus(found, 200)).includes(owner.email));
});

test('log in, refresh, log out', async () => {
  const person = newPerson('nina');
  const post = (path: string, body: unknown) =>
    call<{ refreshToken: string; accessToken: string }>(system.gatewayUrl, path, {
      method: 'POST',
      body,
    });
  expectStatus(await post('/api/v1/auth/register', person), 201);
  const { handle } = newPerson('n');
  assert.equal((await post('/api/v1/auth/register', { ...person, handle })).status, 409);
  // The e-mail was taken, so the handle is free again at once; and again after a password that everybody tries.
  const other = { ...newPerson('o'), handle };
  const common = await post('/api/v1/auth/register', { ...other, password: 'qazwsxedc123' });
  assert.equal(common.status, 400);
  expectStatus(await post('/api/v1/auth/register', other), 201);
  const { email, password } = person;
  assert.equal(
    (await post('/api/v1/auth/login', { email, password: 'not the password' })).status,
    401,
  );
  const login = expectStatus(await post('/api/v1/auth/login', { email, password }), 200);
  const refreshed = expectStatus(
    await post('/api/v1/auth/refresh', { refreshToken: login.refreshToken }),
    200,
  );
  expectStatus(await post('/api/v1/auth/logout', { refreshToken: refreshed.refreshToken }), 204);
  const ended = await post('/api/v1/auth/refresh', { refreshToken: refreshed.refreshToken });
  assert.equal(ended.status, 401);
});

test('the overview answers in part while payments is down', async () => {
  const olga = await signUp(system.gatewayUrl, 'olga');
  const whole = await olga.get<{ profile: unknown; accounts: unknown; activity: Activity[] }>(
    '/api/v1/overview',
  );
  assert.ok(expectStatus(whole, 200).accounts);
  await system.stopProcess('payments');
  try {
    const part = await olga.get<{
      profile: { handle: string };
      accounts: unknown;
      missing: string[];
    }>('/api/v1/overview');
    const body = expectStatus(part, 200);
    assert.equal(body.profile.handle, olga.handle);
    assert.deepEqual(body.missing, ['accounts']);
  } finally {
    await system.startProcess('payments');
  }
  await waitFor(async () => (await olga.get('/api/v1/accounts')).status === 200, {
    timeoutMs: 20_000,
    description: 'payments to answer again',
  });
});
