import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { metrics } from '@quayside/telemetry';
import { DeadlineError, isSerializationFailure, openDatabase, type Database } from '../src/index';
import { asAdmin, emptyDatabase, type EmptyDatabase } from './postgres';

let place: EmptyDatabase;
let database: Database;

before(async () => {
  place = await emptyDatabase();
  await asAdmin(
    place.adminUrl,
    'CREATE TABLE counters (id int PRIMARY KEY, value bigint NOT NULL)',
  );
  database = openDatabase({ url: place.adminUrl, applicationName: 'transaction-test', max: 4 });
});
beforeEach(async () => {
  await database.query('TRUNCATE counters');
  await database.query('INSERT INTO counters VALUES (1, 0), (2, 0)');
});
after(async () => {
  await database.close();
  await place.drop();
});

const valueOf = async (id: number) => {
  const [row] = await database.query<{ value: bigint }>(
    'SELECT value FROM counters WHERE id = $1',
    [id],
  );
  return row?.value;
};
const inMs = (ms: number) => new Date(Date.now() + ms);

test('commits, and runs what waits for the commit after it is visible to others', async () => {
  let seen: Promise<bigint | undefined> | undefined;
  const result = await database.transaction(async (tx) => {
    tx.onCommit(() => {
      seen = valueOf(1);
    });
    await tx.query('UPDATE counters SET value = 7 WHERE id = 1');
    assert.equal(seen, undefined);
    return 'done';
  });
  assert.equal(result, 'done');
  assert.equal(await seen, 7n);
});

test('rolls back on any error, runs no callback, and the connection is good again', async () => {
  let called = false;
  const failure = new Error('changed my mind');
  await assert.rejects(
    database.transaction(async (tx) => {
      tx.onCommit(() => (called = true));
      await tx.query('UPDATE counters SET value = 7 WHERE id = 1');
      throw failure;
    }),
    failure,
  );
  assert.equal(called, false);
  assert.equal(await valueOf(1), 0n);
});

test('a callback that throws does not turn a commit into a failure', async () => {
  await database.transaction(async (tx) => {
    tx.onCommit(() => {
      throw new Error('only logged');
    });
    await tx.query('UPDATE counters SET value = 1 WHERE id = 1');
  });
  assert.equal(await valueOf(1), 1n);
});

test('a swallowed statement error is not taken for a commit', async () => {
  await assert.rejects(
    database.transaction(async (tx) => {
      await tx.query('UPDATE counters SET value = 7 WHERE id = 1');
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    }),
    /Nothing was committed/,
  );
  assert.equal(await valueOf(1), 0n);
});

test('statements sent together run in order in the one transaction', async () => {
  await database.transaction((tx) =>
    Promise.all([
      tx.query('UPDATE counters SET value = 5 WHERE id = 1'),
      tx.query('UPDATE counters SET value = value * 2 WHERE id = 1'),
    ]),
  );
  assert.equal(await valueOf(1), 10n);
});

test('a transaction without a statement costs nothing', async () => {
  assert.equal(await database.transaction(() => Promise.resolve(3)), 3);
});

test('a prepared statement is parsed once, and is usable again after a transaction that failed', async () => {
  const own = openDatabase({ url: place.adminUrl, applicationName: 'prepared', max: 1 });
  const set = (value: number) =>
    own.transaction(async (tx) => {
      await tx.prepared('set', 'UPDATE counters SET value = $1 WHERE id = 1', [value]);
      return tx.query<{ name: string }>('SELECT name FROM pg_prepared_statements');
    });
  assert.deepEqual(await set(1), [{ name: 'set' }]);
  await assert.rejects(
    own.transaction(async (tx) => {
      await tx.query('SELECT 1 / 0').catch(() => undefined);
      // Refused before it is parsed: the name must not count as known afterwards.
      await tx.prepared('add', 'UPDATE counters SET value = value + $1 WHERE id = 1', [1]);
    }),
  );
  await own.transaction((tx) =>
    tx.prepared('add', 'UPDATE counters SET value = value + $1 WHERE id = 1', [5]),
  );
  assert.equal(await valueOf(1), 6n);
  await set(2);
  assert.equal(await valueOf(1), 2n);
  await own.close();
});

test('two that would make a serialization failure both succeed, one at the second try', async () => {
  let reads = 0;
  let release: () => void = () => undefined;
  const bothHaveRead = new Promise<void>((resolve) => (release = resolve));
  const increment = () =>
    database.transaction(
      async (tx) => {
        const [row] = await tx.query<{ value: bigint }>('SELECT value FROM counters WHERE id = 1');
        reads += 1;
        if (reads === 2) release();
        await bothHaveRead;
        await tx.query('UPDATE counters SET value = $1 WHERE id = 1', [row!.value + 1n]);
      },
      { isolation: 'REPEATABLE READ' },
    );
  await Promise.all([increment(), increment()]);
  assert.equal(await valueOf(1), 2n);
  assert.equal(reads, 3);
});

test('a deadlock is resolved by running one of the two again', async () => {
  let arrived = 0;
  let release: () => void = () => undefined;
  const bothHoldOne = new Promise<void>((resolve) => (release = resolve));
  const move = (from: number, to: number) =>
    database.transaction(async (tx) => {
      await tx.query('UPDATE counters SET value = value - 1 WHERE id = $1', [from]);
      arrived += 1;
      if (arrived === 2) release();
      await bothHoldOne;
      await tx.query('UPDATE counters SET value = value + 1 WHERE id = $1', [to]);
    });
  await Promise.all([move(1, 2), move(2, 1)]);
  assert.equal(arrived, 3);
  const name = 'db_client_transaction_retries_total';
  const counted = await metrics.registry.getSingleMetricAsString(name);
  assert.match(counted, /pool_name="transaction-test",reason="deadlock"} 1$/m);
  assert.deepEqual([await valueOf(1), await valueOf(2)], [0n, 0n]);
});

test('what keeps failing is given up after the retries, as the serialization failure it is', async () => {
  let runs = 0;
  const failing = database.transaction(
    async (tx) => {
      runs += 1;
      await tx.query(`DO $$ BEGIN RAISE serialization_failure; END $$`);
    },
    { retries: 2 },
  );
  await assert.rejects(failing, isSerializationFailure);
  assert.equal(runs, 3);
});

test('what keeps failing is tried again inside the deadline alone', async () => {
  // A sequence keeps its value when the transaction is rolled back: here, when PostgreSQL was last asked.
  await database.query('CREATE SEQUENCE last_asked');
  const now = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
  const deadline = inMs(400);
  let runs = 0;
  const failing = database.transaction(
    async (tx) => {
      runs += 1;
      await tx.query(`SELECT setval('last_asked', ${now})`);
      await tx.query(`DO $$ BEGIN RAISE serialization_failure; END $$`);
    },
    { retries: 1_000, deadline },
  );
  const ends = (error: unknown) => error instanceof DeadlineError || isSerializationFailure(error);
  await assert.rejects(failing, ends);
  assert.ok(runs > 2, `${runs} runs`);
  const [row] = await database.query<{ late: number }>(
    'SELECT (last_value - $1)::int AS late FROM last_asked',
    [deadline.getTime()],
  );
  assert.ok(row!.late <= 50, `asked ${row!.late} ms after the deadline`);
  await database.query('DROP SEQUENCE last_asked');
});

test('a statement that waits for a lock ends at the deadline, not later', async () => {
  let unlock: () => void = () => undefined;
  let locked: () => void = () => undefined;
  const isLocked = new Promise<void>((resolve) => (locked = resolve));
  const holder = database.transaction(async (tx) => {
    await tx.query('SELECT FROM counters WHERE id = 1 FOR UPDATE');
    locked();
    await new Promise<void>((resolve) => (unlock = resolve));
  });
  await isLocked;
  const started = Date.now();
  await assert.rejects(
    database.transaction((tx) => tx.query('UPDATE counters SET value = 1 WHERE id = 1'), {
      deadline: inMs(150),
    }),
    DeadlineError,
  );
  const single = database.query('UPDATE counters SET value = 1 WHERE id = 1', [], {
    deadline: inMs(100),
  });
  await assert.rejects(single, DeadlineError);
  assert.ok(Date.now() - started < 2_000);
  unlock();
  await holder;
  assert.equal(await valueOf(1), 0n);
});

test('the deadline holds for the whole transaction, not for each statement', async () => {
  let statements = 0;
  const started = Date.now();
  await assert.rejects(
    database.transaction(
      async (tx) => {
        for (;;) {
          await tx.query('SELECT pg_sleep(0.1)');
          statements += 1;
        }
      },
      { deadline: inMs(450) },
    ),
    DeadlineError,
  );
  assert.ok(Date.now() - started < 1_500);
  assert.ok(statements >= 2 && statements <= 4, `${statements} statements`);
});

test('the deadline also holds while all connections are in use', async () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const holders = [1, 2, 3, 4].map(() =>
    database.transaction(async (tx) => {
      await tx.query('SELECT 1');
      await finished;
    }),
  );
  await assert.rejects(database.query('SELECT 1', [], { deadline: inMs(50) }), DeadlineError);
  finish();
  await Promise.all(holders);
  await database.ping();
  assert.equal(database.pool.idleCount, database.pool.totalCount);
});

test('with the deadline passed nothing is sent at all', async () => {
  await assert.rejects(
    database.transaction((tx) => tx.query('UPDATE counters SET value = 1 WHERE id = 1'), {
      deadline: inMs(-1),
    }),
    DeadlineError,
  );
  assert.equal(await valueOf(1), 0n);
});
