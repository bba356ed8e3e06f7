import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { testBroker, testDatabase, testPostgres, testTokens, waitFor } from '../src/index';

const migrations = mkdtempSync(join(tmpdir(), 'quayside-testing-'));
writeFileSync(
  join(migrations, '0001_things.sql'),
  'CREATE TABLE things (id int PRIMARY KEY);\nGRANT SELECT ON things TO {{runtime_role}};\n',
);
after(() => rmSync(migrations, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

test('each database is migrated, its own, and gone after drop', async () => {
  const [one, two] = await Promise.all([
    testDatabase('payments', migrations),
    testDatabase('payments', migrations),
  ]);
  await query(one.ownerUrl, 'INSERT INTO things VALUES (1)');
  assert.deepEqual(await query(one.url, 'SELECT id FROM things'), [{ id: 1 }]);
  assert.deepEqual(await query(two.url, 'SELECT id FROM things'), []);
  await assert.rejects(query(two.url, 'INSERT INTO things VALUES (2)'), { code: '42501' });
  const { adminUrl } = await testPostgres();
  const templates = `SELECT FROM pg_database WHERE datname LIKE 'template_payments_%'`;
  assert.equal((await query(adminUrl, templates)).length, 1);
  await one.drop();
  await assert.rejects(query(one.url, 'SELECT 1'), { code: '3D000' });
  await two.drop();
});

test('a service reaches no other database', async () => {
  const [one, other] = await Promise.all([testDatabase('users'), testDatabase('auth')]);
  const url = new URL(one.url);
  url.pathname = new URL(other.url).pathname;
  await assert.rejects(query(url.href, 'SELECT 1'), { code: '42501' });
  await Promise.all([one.drop(), other.drop()]);
});

test('a failed migration is told, and the next try begins anew', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'quayside-testing-'));
  try {
    const file = join(broken, '0001_broken.sql');
    writeFileSync(file, 'CREATE TABEL things (id int);\n');
    await assert.rejects(testDatabase('gateway', broken), /TABEL|0001_broken/);
    writeFileSync(file, 'CREATE TABLE things (id int);\n');
    const database = await testDatabase('gateway', broken);
    assert.deepEqual(await query(database.ownerUrl, 'SELECT * FROM things'), []);
    await database.drop();
  } finally {
    rmSync(broken, { recursive: true, force: true });
  }
});

test('a broker keeps its address over a restart', async () => {
  const broker = await testBroker();
  try {
    let ran = false;
    await broker.restart(() => {
      ran = true;
      return Promise.resolve();
    });
    assert.ok(ran);
    assert.match(broker.address, /^127\.0\.0\.1:\d+$/);
  } finally {
    await broker.stop();
  }
});

test('tokens: what is signed is accepted, what has ended or is for others is not', async () => {
  const tokens = testTokens();
  const caller = await tokens.verifier.verify(
    await tokens.userToken({ userId: 'u1', scopes: ['accounts:read'] }),
  );
  assert.equal(caller.userId, 'u1');
  assert.deepEqual(caller.scopes, ['accounts:read']);
  await assert.rejects(tokens.verifier.verify(await tokens.userToken({ expiresIn: -120 })));
  await assert.rejects(tokens.verifier.verify(await tokens.userToken({ audience: 'others' })));
  await assert.rejects(tokens.verifier.verify(await testTokens().userToken()));
});

test('tokens: a service proves itself to another', async () => {
  const tokens = testTokens();
  const token = await tokens.serviceTokens('gateway').issue('payments');
  const proven = await tokens.serviceTokens('payments').verify(token);
  assert.equal(proven.service, 'gateway');
});

test('waitFor answers the first truthy value and says what it waited for in vain', async () => {
  let looks = 0;
  const found = await waitFor(() => (++looks === 3 ? 'found' : undefined));
  assert.equal(found, 'found');
  const failing = () => {
    throw new Error('not there');
  };
  await assert.rejects(waitFor(failing, { timeoutMs: 50, description: 'the ship' }), {
    message: 'Waited 50 ms in vain for the ship (not there)',
  });
});
