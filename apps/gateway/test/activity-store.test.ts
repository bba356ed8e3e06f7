import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDatabase, type Database } from '@quayside/database';
import { testDatabase, type TestDatabase } from '@quayside/testing';
import { v7 as uuidv7 } from 'uuid';
import { appendActivity, eraseFeed, readActivity, type FeedEntry } from '../src/store/activity';

let own: TestDatabase;
let database: Database;
before(async () => {
  own = await testDatabase('gateway', join(__dirname, '../migrations'));
  database = openDatabase({ url: own.url, max: 16, applicationName: 'activity-test' });
});
after(async () => {
  await database.close();
  await own.drop();
});

function entry(userId: string, description = ''): FeedEntry {
  return {
    userId,
    activityId: uuidv7(),
    type: 'payment_sent',
    occurredAt: new Date('2026-01-02T03:04:05.678Z'),
    amount: 9007199254740993n,
    currency: 'EUR',
    counterpartUserId: null,
    counterpartHandle: 'bob',
    paymentId: uuidv7(),
    refundId: null,
    topUpId: null,
    accountId: null,
    description,
  };
}

const append = (...entries: FeedEntry[]) =>
  database.transaction((tx) => appendActivity(tx, entries));
const read = (userId: string, limit = 1000, before?: bigint) =>
  readActivity(database, userId, { limit, before, deadline: new Date(Date.now() + 10_000) });

test('what goes in comes out, newest first, page by page', async () => {
  const userId = uuidv7();
  const entries = ['first', 'second', "third '; --"].map((words) => entry(userId, words));
  await append(...entries);
  const found = await read(userId);
  assert.deepEqual(
    found.map((activity) => ({ ...activity, userId, counterpartUserId: null })).reverse(),
    entries.map((given, index) => ({ ...given, number: BigInt(index + 1) })),
  );
  const [newest] = await read(userId, 1);
  assert.equal(newest?.number, 3n);
  assert.deepEqual(
    (await read(userId, 5, 3n)).map(({ number }) => number),
    [2n, 1n],
  );
  assert.deepEqual(await read(uuidv7()), []);
});

test('concurrent transactions over the same users: no deadlock, no gap, no number twice', async () => {
  const users = Array.from({ length: 6 }, () => uuidv7());
  const rounds = 120;
  await Promise.all(
    Array.from({ length: rounds }, (_, index) => {
      const [one, other] = [users[index % 6]!, users[(index * 5 + 1) % 6]!];
      // No retries: a deadlock would fail the test.
      return database.transaction((tx) => appendActivity(tx, [entry(one), entry(other)]), {
        retries: 0,
      });
    }),
  );
  const feeds = await Promise.all(users.map((userId) => read(userId)));
  assert.equal(feeds.flat().length, 2 * rounds);
  for (const feed of feeds) {
    assert.deepEqual(
      feed.map(({ number }) => Number(number)).reverse(),
      feed.map((_, index) => index + 1),
    );
  }
});

test('a number is never seen before a smaller one: a later writer waits for the earlier commit', async () => {
  const userId = uuidv7();
  let commit = () => {};
  let appended = () => {};
  const hasAppended = new Promise<void>((resolve) => (appended = resolve));
  const first = database.transaction(async (tx) => {
    await appendActivity(tx, [entry(userId, 'first')]);
    appended();
    await new Promise<void>((resolve) => (commit = resolve));
  });
  await hasAppended;
  let secondDone = false;
  const second = append(entry(userId, 'second')).then(() => (secondDone = true));
  const waiting = `SELECT FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND application_name = 'activity-test'`;
  while ((await database.query(waiting)).length === 0) assert.equal(secondDone, false);
  assert.deepEqual(await read(userId), []);
  commit();
  await Promise.all([first, second]);
  assert.deepEqual(
    (await read(userId)).map(({ description }) => description),
    ['second', 'first'],
  );
});

test('nothing is appended for nobody, and a rolled back number is given again', async () => {
  const userId = uuidv7();
  await append();
  await assert.rejects(
    database.transaction(async (tx) => {
      await appendActivity(tx, [entry(userId)]);
      throw new Error('rolled back');
    }),
    /rolled back/,
  );
  await append(entry(userId));
  assert.deepEqual(
    (await read(userId)).map(({ number }) => number),
    [1n],
  );
});

/** One payment as both sides are told of it. */
function paid(payer: string, payee: string): FeedEntry[] {
  const paymentId = uuidv7();
  const both = (userId: string, counterpartUserId: string, counterpartHandle: string) => ({
    ...entry(userId),
    paymentId,
    counterpartUserId,
    counterpartHandle,
  });
  return [both(payer, payee, 'payee'), both(payee, payer, 'payer')];
}
const erase = (userId: string) => database.transaction((tx) => eraseFeed(tx, userId));
const namesIn = async (userId: string) =>
  (await read(userId)).map(({ counterpartHandle }) => counterpartHandle);

test('an erased feed is empty and stays so; in the feeds of others the name is gone, also of what comes late', async () => {
  const [leaver, friend] = [uuidv7(), uuidv7()];
  await append(...paid(leaver, friend), ...paid(friend, leaver));
  await append(entry(friend));
  await erase(leaver);
  await append(...paid(leaver, friend), entry(leaver));
  assert.deepEqual(await read(leaver), []);
  assert.deepEqual(await namesIn(friend), ['deleted_user', 'bob', 'deleted_user', 'deleted_user']);
  await erase(leaver);
  const nobody = uuidv7();
  await erase(nobody);
  await append(...paid(nobody, friend));
  assert.deepEqual(await read(nobody), []);
});

test('entries of the release that did not note the counterpart lose the name, too', async () => {
  const [leaver, friend, other] = [uuidv7(), uuidv7(), uuidv7()];
  const asBefore = (entries: FeedEntry[]) =>
    append(...entries.map((each) => ({ ...each, counterpartUserId: null })));
  await asBefore(paid(leaver, friend));
  await asBefore(paid(other, friend));
  await erase(leaver);
  assert.deepEqual(await read(leaver), []);
  assert.deepEqual(await namesIn(friend), ['payer', 'deleted_user']);
  assert.deepEqual(await namesIn(other), ['payee']);
});

test('what is added while a feed is erased leaves neither an entry nor the name', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [leaver, friend] = [uuidv7(), uuidv7()];
    await append(...paid(leaver, friend));
    await Promise.all([
      ...Array.from({ length: 5 }, () => append(...paid(leaver, friend))),
      erase(leaver),
      ...Array.from({ length: 5 }, () => append(...paid(friend, leaver))),
    ]);
    assert.deepEqual(await read(leaver), []);
    const names = await namesIn(friend);
    assert.equal(names.length, 11);
    assert.deepEqual([...new Set(names)], ['deleted_user']);
  }
});

test('the running service may not rewrite the feed', async () => {
  for (const sql of [
    'UPDATE activity SET amount = 1',
    'DELETE FROM activity',
    'TRUNCATE activity',
  ]) {
    await assert.rejects(database.query(sql), { code: '42501' }, sql);
  }
});
