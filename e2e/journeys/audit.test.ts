// `npm run audit`, as its reader meets it: clean on a system that works, and on a damaged one it says what is wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { consumerGroups } from '@quayside/contracts';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { auditLedger } from '../audit';
import { expectStatus, signUp } from '../customer';
import { startTemporarySystem } from '../temporary';

let system: RunningSystem;
let owner: Client;

before(async () => {
  system = await startTemporarySystem();
  owner = new Client({ connectionString: system.databaseUrls.payments?.owner });
  await owner.connect();
  const alice = await signUp(system.gatewayUrl, 'alice');
  const bob = await signUp(system.gatewayUrl, 'bob');
  expectStatus(await alice.topUp('10000'), 201);
  const { paymentId } = expectStatus(await alice.pay(bob.handle, '2500'), 201);
  for (const amount of ['500', '100']) expectStatus(await bob.refund(paymentId, amount), 201);
});
after(async () => {
  await owner.end();
  await system.stop();
});

async function audit(env: Record<string, string | undefined> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/audit/main.ts'], {
    env: {
      ...process.env,
      PAYMENTS_DATABASE_URL: system.databaseUrls.payments?.runtime,
      KAFKA_BROKERS: system.kafkaBrokers,
      ...env,
    },
  });
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { code, out, error };
}

test('a system that works has nothing to report, and the check leaves no trace', async () => {
  const { code, out, error } = await audit();
  assert.equal(error, '');
  assert.equal(code, 0, out);
  assert.match(out, /ok +balances/);
  // Two accounts, a top-up, and a payment with two refunds: five pairs of type and key.
  assert.match(out, /ok +events .*\(5 compared\)/);
  assert.match(out, /rules hold\.$/m);

  const admin = new Kafka({ brokers: [system.kafkaBrokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { groups } = await admin.listGroups();
  await admin.disconnect();
  const declared = Object.values(consumerGroups).map(({ group }) => group);
  assert.deepEqual(groups.map(({ groupId }) => groupId).sort(), declared.sort());
});

test('events that were never written are found, and those that wait are not missed', async () => {
  const insert = `INSERT INTO refunds (refund_id, payment_id, currency, amount)
    SELECT uuidv7(), payment_id, 'EUR', 1 FROM payments RETURNING refund_id, payment_id`;
  const { rows } = await owner.query<{ refund_id: string; payment_id: string }>(insert);
  const { code, out } = await audit();
  assert.equal(code, 1);
  assert.match(out, /BROKEN +events/);
  assert.match(out, new RegExp(`"key":"${rows[0]?.payment_id}","owed":3,"waiting":0,"sent":2`));
  assert.match(out, /BROKEN +refunds/);
  await owner.query('DELETE FROM refunds WHERE refund_id = $1', [rows[0]?.refund_id]);
  assert.equal((await audit()).code, 0);
});

test('of each kind of row, one without its event is found', async () => {
  const run = (sql: string) => owner.query(sql);
  const somebody = 'SELECT user_id, account_id FROM accounts JOIN handles USING (user_id) LIMIT 1';
  const payment = (expires: string, status: string) =>
    `INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount, description,
       expires_at, status, captured)
     VALUES (uuidv7(), uuidv7(), 'lost', uuidv7(), 'lost', 'EUR', 1, 'lost', ${expires}, '${status}',
       ${expires !== 'NULL' && status === 'completed' ? '1' : 'NULL'})`;
  const topUp = (status: string) =>
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
     SELECT uuidv7(), user_id, account_id, 'EUR', 4711, '${status}' FROM (${somebody}) AS somebody`;
  const lostUser = randomUUID();
  try {
    await run('ALTER TABLE payments DISABLE TRIGGER USER');
    await run(payment('NULL', 'completed'));
    for (const status of ['completed', 'voided', 'expired']) await run(payment('now()', status));
    for (const status of ['completed', 'failed']) await run(topUp(status));
    await run(
      `INSERT INTO accounts (account_id, user_id, currency) VALUES (uuidv7(), '${lostUser}', 'EUR')`,
    );
    await run(`INSERT INTO closures (user_id) VALUES ('${lostUser}')`);
    const findings = await auditLedger(system);
    const types = findings.filter(({ check }) => check === 'events').map(({ row }) => row.type);
    const expected = [
      ...['AccountOpened', 'PaymentAuthorized', 'PaymentAuthorized', 'PaymentAuthorized'],
      ...['PaymentCaptured', 'PaymentCompleted', 'PaymentExpired', 'PaymentVoided'],
      ...['TopUpCompleted', 'TopUpFailed', 'UserAccountsClosed'],
    ];
    assert.deepEqual(
      types.sort(),
      expected.map((name) => `quayside.payments.v1.${name}`),
    );
  } finally {
    await run("DELETE FROM payments WHERE description = 'lost'");
    await run('ALTER TABLE payments ENABLE TRIGGER USER');
    await run('DELETE FROM top_ups WHERE amount = 4711');
    await run(`DELETE FROM closures WHERE user_id = '${lostUser}'`);
    await run(`DELETE FROM accounts WHERE user_id = '${lostUser}'`);
  }
  assert.deepEqual(await auditLedger(system), []);
});

test('an erasure that stopped on its way is found, where the databases of all services are known', async () => {
  const urls = Object.fromEntries(
    ['auth', 'users', 'gateway'].map((service) => [
      `${service.toUpperCase()}_DATABASE_URL`,
      system.databaseUrls[service]?.runtime,
    ]),
  );
  const carol = await signUp(system.gatewayUrl, 'carol');
  await system.stopProcess('users');
  expectStatus(await carol.erase(), 204);
  const young = await audit(urls);
  assert.match(young.out, /ok +erasures .*\(0 compared\)/);
  assert.equal(young.code, 0, young.out);
  await owner.query("UPDATE closures SET closed_at = now() - interval '2 minutes'");
  const { code, out } = await audit(urls);
  assert.equal(code, 1);
  for (const service of ['users', 'auth', 'gateway']) {
    assert.match(out, new RegExp(`"user_id":"${carol.userId}","service":"${service}"`));
  }
  await system.startProcess('users');
  await waitFor(async () => (await audit(urls)).code === 0, {
    timeoutMs: 60_000,
    description: 'the end of carol',
  });
  assert.doesNotMatch((await audit()).out, /erasures/);
});

test('what cannot be asked is neither clean nor broken', async () => {
  const away = await audit({ PAYMENTS_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/payments' });
  assert.equal(away.code, 2);
  assert.match(away.error, /ECONNREFUSED/);
  const nothing = { PAYMENTS_DATABASE_URL: undefined, KAFKA_BROKERS: undefined };
  const stopped = await audit({ ...nothing, QUAYSIDE_DATA: '/nowhere' });
  assert.equal(stopped.code, 2);
  assert.match(stopped.error, /npm start/);
});
