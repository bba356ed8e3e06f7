// The right to be forgotten, as a stranger meets it: what keeps one here, what is left afterwards, and that a crash at any
// step delays the end and does not prevent it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { allTopics } from '@quayside/contracts';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { Client } from 'pg';
import { auditLedger } from '../audit';
import {
  call,
  cardToken,
  customer,
  expectStatus,
  newPerson,
  signUp,
  type Customer,
} from '../customer';
import { startTemporarySystem } from '../temporary';
import { readToEnd } from '../topic-reader';

const services = ['auth', 'users', 'payments', 'gateway'];

let system: RunningSystem;
let bob: Customer;
before(async () => {
  system = await startTemporarySystem();
  bob = await signUp(system.gatewayUrl, 'bob');
  expectStatus(await bob.topUp('100000'), 201);
});
after(async () => {
  await system.stop();
});

/** Somebody whose name and address stand nowhere but in what they signed up with. */
const newcomer = () => ({
  ...newPerson('leaver'),
  displayName: `Ægir ${randomUUID()}`,
  email: `post.${randomUUID()}@example.com`,
});

async function signUpAs(person: ReturnType<typeof newcomer>, prefer = 'wait=10') {
  const answer = await call<{ userId: string; accessToken: string }>(
    system.gatewayUrl,
    '/api/v1/auth/register',
    { method: 'POST', body: person, headers: { prefer } },
  );
  return customer(system.gatewayUrl, { ...person, ...expectStatus(answer, 201) });
}

const login = ({ email, password }: { email: string; password: string }) =>
  call<{ accessToken: string }>(system.gatewayUrl, '/api/v1/auth/login', {
    method: 'POST',
    body: { email, password },
  });

/** Runs SQL in the database of a service, as its owner. */
async function rowsOf<Row extends object>(service: string, sql: string, values: unknown[] = []) {
  const client = new Client({ connectionString: system.databaseUrls[service]?.owner });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Tables of all databases in which a text stands, in whatever column, also within bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  const hex = Buffer.from(text).toString('hex');
  for (const service of services) {
    const tables = await rowsOf<{ name: string }>(
      service,
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const sql = `SELECT FROM ${name} AS t WHERE strpos(lower(t::text), lower($1)) > 0 OR strpos(t::text, $2) > 0`;
      if ((await rowsOf(service, sql, [text, hex])).length > 0) found.push(`${service} ${name}`);
    }
  }
  return found;
}

/** Types of the events, dead letters included, in which a text stands. */
async function eventsWith(text: string): Promise<string[]> {
  const messages = await readToEnd(
    system.kafkaBrokers,
    allTopics().map(({ name }) => name),
  );
  assert.ok(messages.length > 0);
  return messages.filter(({ value }) => value.includes(text)).map(({ type }) => type);
}

/** Waits until every service has done its part. */
async function isForgotten(userId: string): Promise<void> {
  const left = async () => {
    const identities = await rowsOf('auth', 'SELECT FROM identities WHERE user_id = $1', [userId]);
    const feed = await rowsOf(
      'gateway',
      'SELECT FROM feed_counters WHERE user_id = $1 AND erased_at IS NOT NULL',
      [userId],
    );
    return identities.length === 0 && feed.length === 1;
  };
  await waitFor(left, { timeoutMs: 60_000, description: `the end of ${userId}` });
}

async function expectNothingLeft(person: ReturnType<typeof newcomer>): Promise<void> {
  for (const text of [person.email, person.displayName]) {
    assert.deepEqual(await tablesWith(text), [], text);
    assert.deepEqual(await eventsWith(text), [], text);
  }
}

const typeOf = ({ body }: { body: { type: string } | undefined }) => body?.type.split('/').at(-1);

test('money and holds keep one here, and say so', async () => {
  const leaver = await signUpAs(newcomer());
  const { paymentId } = expectStatus(await bob.pay(leaver.handle, '100'), 201);
  const full = await leaver.erase();
  assert.deepEqual([full.status, typeOf(full)], [422, 'account_not_empty']);
  expectStatus(await leaver.refund(paymentId), 201);
  const hold = await call<{ paymentId: string }>(system.gatewayUrl, '/api/v1/payments', {
    method: 'POST',
    token: bob.token,
    headers: { 'idempotency-key': randomUUID() },
    body: {
      toHandle: leaver.handle,
      amount: { amount: '5', currency: 'EUR' },
      capture: false,
    },
  });
  const held = await leaver.erase();
  assert.deepEqual([held.status, typeOf(held)], [422, 'holds_open']);
  const path = `/api/v1/payments/${expectStatus(hold, 201).paymentId}/void`;
  const headers = { 'idempotency-key': randomUUID() };
  expectStatus(
    await call(system.gatewayUrl, path, { method: 'POST', token: leaver.token, headers }),
    201,
  );
  expectStatus(await leaver.erase(), 204);
});

test('a sign-in of long ago does not do, whatever was refreshed since', async () => {
  const person = newcomer();
  const leaver = await signUpAs(person);
  await rowsOf(
    'auth',
    "UPDATE sessions SET created_at = now() - interval '1 hour' WHERE user_id = $1",
    [leaver.userId],
  );
  const refused = await leaver.erase();
  assert.deepEqual([refused.status, typeOf(refused)], [403, 'sign_in_again']);
  const { accessToken } = expectStatus(await login(person), 200);
  expectStatus(await customer(system.gatewayUrl, { ...leaver, accessToken }).erase(), 204);
});

test('afterwards nothing identifies them, and what others have is whole, without the name', async () => {
  const person = newcomer();
  const leaver = await signUpAs(person);
  const { paymentId } = expectStatus(await bob.pay(leaver.handle, '700'), 201);
  const card = await cardToken(system.cardProcessorUrl, '4242424242424242');
  expectStatus(await leaver.topUp('300', undefined, card), 201);
  const { paymentId: back } = expectStatus(await leaver.pay(bob.handle, '1000'), 201);
  await waitFor(async () => (await bob.activity()).some((item) => item.paymentId === back), {
    timeoutMs: 20_000,
    description: "the payments in bob's feed",
  });
  const statement = await bob.statement();
  // Before the end the scan finds what it looks for.
  assert.deepEqual(await tablesWith(person.email), ['auth public.identities']);
  assert.deepEqual(await tablesWith(person.displayName), ['users public.profiles']);
  // What a top-up was charged to is gone at the end of the top-up already.
  assert.deepEqual(await tablesWith(card), []);
  assert.ok((await eventsWith(person.handle)).includes('quayside.users.v1.UserCreated'));

  expectStatus(await leaver.erase(), 204);
  await isForgotten(leaver.userId);
  await expectNothingLeft(person);
  assert.deepEqual(await eventsWith(card), []);
  await waitFor(async () => (await leaver.erase()).status === 401, {
    timeoutMs: 20_000,
    description: 'the end of the last token',
  });
  assert.equal((await login(person)).status, 401);
  assert.equal((await bob.get(`/api/v1/users/${leaver.handle}`)).status, 404);
  const refused = await bob.pay(leaver.handle, '1');
  assert.equal(refused.status, 404);
  assert.equal(typeOf(refused as never), 'unknown_payee');

  assert.deepEqual(await bob.statement(), statement);
  const { toHandle } = expectStatus(
    await bob.get<{ toHandle: string }>(`/api/v1/payments/${paymentId}`),
    200,
  );
  assert.equal(toHandle, 'deleted_user');
  const items = (await bob.activity()).filter((item) =>
    [paymentId, back].includes(item.paymentId ?? ''),
  );
  assert.deepEqual(
    items.map(({ title }) => title),
    ['a deleted user paid you', 'You paid a deleted user'],
  );
  assert.ok(!JSON.stringify(await bob.activity()).includes(leaver.handle));

  // The address may be used again, the handle never.
  const again = newcomer();
  const taken = await call(system.gatewayUrl, '/api/v1/auth/register', {
    method: 'POST',
    body: { ...again, handle: person.handle },
  });
  assert.equal(taken.status, 409);
  await signUpAs({ ...again, email: person.email });
  assert.deepEqual(await auditLedger(system), []);
});

test('kill -9 of everything just after the answer: it is completed nevertheless', async () => {
  const person = newcomer();
  const leaver = await signUpAs(person);
  expectStatus(await bob.pay(leaver.handle, '50'), 201);
  expectStatus(await leaver.pay(bob.handle, '50'), 201);
  // So that nothing of what follows can have been done by then.
  await system.stopProcess('users');
  expectStatus(await leaver.erase(), 204);
  for (const service of ['payments', 'auth', 'gateway']) system.kill(service, 'SIGKILL');
  await Promise.all(services.map((service) => system.startProcess(service)));
  await isForgotten(leaver.userId);
  await expectNothingLeft(person);
  assert.deepEqual(await auditLedger(system), []);
});

test('who leaves before their sign-up has gone through leaves nothing either', async () => {
  await system.stopProcess('users');
  await system.stopProcess('broker');
  await system.startProcess('users');
  const person = newcomer();
  const leaver = await signUpAs(person, 'respond-async');
  expectStatus(await leaver.erase(), 204);
  expectStatus(await leaver.erase(), 204);
  await system.startProcess('broker');
  await isForgotten(leaver.userId);
  // Somebody after them is through, and so are they.
  await signUp(system.gatewayUrl, 'next');
  await expectNothingLeft(person);
  const accounts = await rowsOf('payments', 'SELECT FROM accounts WHERE user_id = $1', [
    leaver.userId,
  ]);
  assert.equal(accounts.length, 0);
  assert.deepEqual(await auditLedger(system), []);
});

test('payments that race the end come before it or not at all', async () => {
  const leaver = await signUpAs(newcomer());
  const [erased, ...paid] = await Promise.all([
    leaver.erase(),
    ...Array.from({ length: 8 }, () => bob.pay(leaver.handle, '1')),
  ]);
  const arrived = paid.filter(({ status }) => status === 201).length;
  for (const { status } of paid) assert.ok([201, 404].includes(status), String(status));
  assert.equal(erased.status, arrived === 0 ? 204 : 422);
  assert.deepEqual(await auditLedger(system), []);
});
