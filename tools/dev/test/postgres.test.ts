import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Client } from 'pg';
import { createDatabases, freePort, startPostgres, type StartPostgresOptions } from '../src/index';
import { elsewhere } from '../src/postgres/placement';
import { isAlive } from '../src/postgres/pid-file';
import { temporaryFolder, until } from './temporary-folder';

const password = 'for this test';

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function start(t: TestContext, options: StartPostgresOptions) {
  const server = await startPostgres({ forTests: true, removeOnStop: false, password, ...options });
  t.after(() => server.stop());
  return server;
}

const spec = (name: string) => ({
  name,
  owner: { name: `${name}_owner`, password: 'owner' },
  runtime: { name: `${name}_app`, password: 'app' },
});

test('data survives a restart', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  const first = await start(t, { dataDir });
  await query(first.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  assert.equal(isAlive(first.pid), false);
  const second = await start(t, { dataDir });
  assert.deepEqual(await query(second.adminUrl, 'SELECT * FROM kept'), [{ answer: 42 }]);
});

test('data survives the death of the server', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  const first = await start(t, { dataDir, forTests: false });
  await query(first.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  process.kill(first.pid, 'SIGKILL');
  await until('the wrapper has ended', () => !isAlive(first.pid));
  assert.ok(existsSync(join(dataDir, 'postmaster.pid')));
  const second = await start(t, { dataDir, forTests: false });
  assert.deepEqual(await query(second.adminUrl, 'SELECT * FROM kept'), [{ answer: 42 }]);
  const settings = await query(second.adminUrl, 'SHOW fsync');
  assert.deepEqual(settings, [{ fsync: 'on' }]);
});

test('a role reaches its own database only, and the owner makes what the runtime may only use', async (t) => {
  const { adminUrl } = await start(t, { dataDir: join(temporaryFolder(t), 'postgres') });
  const specs = [spec('auth'), spec('users')];
  await createDatabases(adminUrl, specs);
  // Again, as at every start.
  const urls = await createDatabases(adminUrl, specs);
  for (const role of ['owner', 'runtime'] as const) {
    assert.equal((await query(urls.auth![role], 'SELECT 1')).length, 1);
    for (const other of ['users', 'postgres', 'template1']) {
      const url = new URL(urls.auth![role]);
      url.pathname = other;
      await assert.rejects(query(url.href, 'SELECT 1'), { code: '42501' }, `${role} on ${other}`);
    }
  }
  await query(urls.auth!.owner, 'CREATE TABLE things (id int)');
  await assert.rejects(query(urls.auth!.runtime, 'CREATE TABLE mine (id int)'), { code: '42501' });
  await assert.rejects(query(urls.auth!.runtime, 'SELECT * FROM things'), { code: '42501' });
  const wrong = new URL(urls.auth!.runtime);
  wrong.password = 'wrong';
  await assert.rejects(query(wrong.href, 'SELECT 1'), { code: '28P01' });
});

test('a taken port: another one, and it is said', async (t) => {
  const blocker = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
  t.after(() => blocker.close());
  const notices: string[] = [];
  const onNotice = (text: string) => notices.push(text);
  const dataDir = join(temporaryFolder(t), 'postgres');
  const server = await start(t, { dataDir, port, onNotice });
  assert.notEqual(server.port, port);
  assert.deepEqual(notices, [`Port ${port} is taken; PostgreSQL uses ${server.port}.`]);
});

test('a stale pid file whose number is in use by another process', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  await (await start(t, { dataDir })).stop();
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n`);
  const again = await start(t, { dataDir });
  assert.equal((await query(again.adminUrl, 'SELECT 1')).length, 1);
});

test('a server that runs on the folder already is named', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  const first = await start(t, { dataDir });
  await assert.rejects(start(t, { dataDir }), {
    message: `Another PostgreSQL (pid ${first.pid}) runs on ${dataDir}. Stop it first.`,
  });
});

test('a folder of another major version is left alone and told about', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'PG_VERSION'), '15\n');
  await assert.rejects(
    start(t, { dataDir }),
    /The data in .*postgres is of PostgreSQL 15, the installed programs are of PostgreSQL \d+\. .*--reset/,
  );
  assert.ok(existsSync(join(dataDir, 'PG_VERSION')));
});

test('a folder that is something else is left alone and told about', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'letter.txt'), 'dear');
  await assert.rejects(start(t, { dataDir }), /is not a PostgreSQL data folder/);
});

test('the server ends with the process that started it, and its test data with it', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres');
  const server = await start(t, { dataDir, removeOnStop: true });
  await server.stop();
  assert.equal(isAlive(server.pid), false);
  assert.equal(existsSync(dataDir), false);
});

test(
  'as root: a folder that the server cannot enter is left, and where the data is is said',
  { skip: process.getuid?.() !== 0 && 'only root lends the server another user' },
  async (t) => {
    const closed = join(temporaryFolder(t), 'home');
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = join(closed, 'postgres');
    const notices: string[] = [];
    const onNotice = (text: string) => notices.push(text);
    const server = await start(t, { dataDir, removeOnStop: true, onNotice });
    assert.equal(server.dataDir, elsewhere(dataDir));
    assert.match(notices.join(' '), /who cannot enter .*home\. Its data is in \//);
    assert.notEqual(statSync(server.dataDir).uid, 0);
    await server.stop();
    assert.equal(existsSync(server.dataDir), false);
    // The same folder, once it can be entered, is used as it is.
    chmodSync(closed, 0o755);
    assert.equal((await start(t, { dataDir, removeOnStop: true })).dataDir, dataDir);
  },
);
