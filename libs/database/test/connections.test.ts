import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { metrics } from '@quayside/telemetry';
import { isConnectionError, isTransientError, openDatabase, type Database } from '../src/index';
import { asAdmin, emptyDatabase, type EmptyDatabase } from './postgres';

let place: EmptyDatabase;
let database: Database;

before(async () => {
  place = await emptyDatabase();
  database = openDatabase({ url: place.adminUrl, applicationName: 'connections-test', max: 2 });
});
after(async () => {
  await database.close();
  await place.drop();
});

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail('should have been rejected'),
    (error: unknown) => error,
  );
}

test('values arrive as what they are: int8 as bigint, numeric exact, days as text, times in UTC', async () => {
  const [row] = await database.query(
    `SELECT 9007199254740993::bigint AS big, ARRAY[1, 9007199254740993]::bigint[] AS bigs,
       0.1::numeric AS exact, ARRAY[0.1, NULL]::numeric[] AS exacts, '2026-03-29'::date AS day,
       '2026-03-29 02:30:00.123'::timestamp AS local, '2026-03-29T02:30:00+02:00'::timestamptz AS instant,
       current_setting('TimeZone') AS zone`,
  );
  assert.deepEqual(row, {
    big: 9007199254740993n,
    bigs: [1n, 9007199254740993n],
    exact: '0.1',
    exacts: ['0.1', null],
    day: '2026-03-29',
    local: new Date('2026-03-29T02:30:00.123Z'),
    instant: new Date('2026-03-29T00:30:00Z'),
    zone: 'UTC',
  });
});

test('values go in as they came out', async () => {
  const [row] = await database.query(
    'SELECT $1::bigint AS big, $2::bigint[] AS bigs, $3::timestamptz AS instant, $4::timestamp AS local',
    [
      2n ** 62n,
      [1n, 2n ** 62n],
      new Date('2026-07-01T12:00:00Z'),
      new Date('2026-07-01T12:00:00Z'),
    ],
  );
  assert.deepEqual(row, {
    big: 2n ** 62n,
    bigs: [1n, 2n ** 62n],
    instant: new Date('2026-07-01T12:00:00Z'),
    local: new Date('2026-07-01T12:00:00Z'),
  });
});

test('a connection that breaks inside a transaction never returns to the pool', async () => {
  const broken = await rejection(
    database.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await asAdmin(place.adminUrl, `SELECT pg_terminate_backend(${row!.pid})`);
      await tx.query('SELECT 1');
    }),
  );
  assert.ok(isConnectionError(broken), String(broken));
  assert.ok(isTransientError(broken));
  for (let index = 0; index < 4; index += 1) await database.ping();
});

test('a connection that breaks while idle is replaced', async () => {
  await database.ping();
  await asAdmin(
    place.adminUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'connections-test'`,
  );
  await database.ping().catch(() => undefined);
  await database.ping();
});

test('a database that is not there is a connection error', async () => {
  const nobody = openDatabase({ url: 'postgres://x:y@127.0.0.1:1/x', applicationName: 'nobody' });
  assert.ok(isConnectionError(await rejection(nobody.ping())));
  assert.ok(isConnectionError(await rejection(nobody.transaction((tx) => tx.query('SELECT 1')))));
  await nobody.close();
});

test('a server that accepts and then says nothing does not hold up a call past its deadline', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const deaf = openDatabase({ url: `postgres://x:y@127.0.0.1:${port}/x`, applicationName: 'deaf' });
  const started = Date.now();
  const error = await rejection(
    deaf.query('SELECT 1', [], { deadline: new Date(Date.now() + 100) }),
  );
  assert.equal((error as Error).name, 'DeadlineError');
  assert.ok(Date.now() - started < 2_000);
  for (const socket of sockets) socket.destroy();
  silent.close();
  await deaf.close();
});

test('the pool is on /metrics while it is open, with its state of that moment', async () => {
  const own = openDatabase({ url: place.adminUrl, applicationName: 'measured', max: 3 });
  await own.transaction(async (tx) => {
    await tx.query('SELECT 1');
    const text = await metrics.registry.metrics();
    assert.match(text, /db_client_connection_count\{[^}]*"measured"[^}]*"used"\} 1/);
    assert.match(text, /db_client_connection_max\{[^}]*"measured"\} 3/);
  });
  await own.close();
  assert.doesNotMatch(await metrics.registry.metrics(), /"measured"/);
});

test('a session holds an advisory lock and says when it has ended', async () => {
  const session = await database.session({ name: 'lock' });
  const other = await database.session({ name: 'other' });
  const lock = 'SELECT pg_try_advisory_lock(7) AS locked, pg_backend_pid() AS pid';
  const [held] = await session.query<{ locked: boolean; pid: number }>(lock);
  assert.equal(held?.locked, true);
  assert.equal((await other.query<{ locked: boolean }>(lock))[0]?.locked, false);
  const ended = new Promise((resolve) => session.ended.addEventListener('abort', resolve));
  await asAdmin(place.adminUrl, `SELECT pg_terminate_backend(${held.pid})`);
  await ended;
  await assert.rejects(session.query('SELECT 1'));
  // The server frees the lock when the backend is gone, a moment after the client sees the end.
  let freed = false;
  for (let attempt = 0; attempt < 200 && !freed; attempt += 1) {
    freed = (await other.query<{ locked: boolean }>(lock))[0]?.locked === true;
  }
  assert.ok(freed);
  await session.close();
  await other.close();
});

test('a session that is silent for too long is ended by the server', async () => {
  const session = await database.session({ name: 'silent', idleTimeoutMs: 100 });
  await new Promise((resolve) => session.ended.addEventListener('abort', resolve));
  await session.close();
});

test('closing does not wait for ever for work that does not end', async () => {
  const own = openDatabase({ url: place.adminUrl, applicationName: 'endless' });
  let entered: () => void = () => undefined;
  const inside = new Promise<void>((resolve) => (entered = resolve));
  let release: () => void = () => undefined;
  const endless = own.transaction(async (tx) => {
    await tx.query('SELECT 1');
    entered();
    await new Promise<void>((resolve) => (release = resolve));
  });
  await inside;
  await own.close(50);
  release();
  assert.ok(isConnectionError(await rejection(endless)));
});

test('closing twice is one close', async () => {
  const own = openDatabase({ url: place.adminUrl, applicationName: 'twice' });
  await own.ping();
  await Promise.all([own.close(), own.close()]);
  assert.ok(isTransientError(await rejection(own.ping())));
});
