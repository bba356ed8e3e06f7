import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { follow, openDatabase, type Database, type Follower, type Reader } from '../src/index';
import { asAdmin, emptyDatabase, type EmptyDatabase } from './postgres';

let place: EmptyDatabase;
let database: Database;
const followers: Follower[] = [];

before(async () => {
  place = await emptyDatabase();
  database = openDatabase({ url: place.adminUrl, applicationName: 'follow-test', max: 2 });
});
after(async () => {
  await Promise.all(followers.map((follower) => follower.stop()));
  await database.close();
  await place.drop();
});

async function until(what: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) assert.fail(`Waited in vain for ${what}`);
    await pause(10);
  }
}

function followed(readers: Record<string, Reader>): Follower {
  const follower = follow(database, readers);
  followers.push(follower);
  return follower;
}

const notify = (channel: string, payload: string) =>
  database.query('SELECT pg_notify($1, $2)', [channel, payload]);

/** Ends every connection that listens, as a restart of the server would. */
const cut = () =>
  asAdmin(
    place.adminUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'follow-test listen'`,
  );

test('a reader hears what is announced on its channel, and nothing of another', async () => {
  const heard: Record<string, (readonly string[] | undefined)[]> = { apples: [], pears: [] };
  const follower = followed({
    apples: (payloads) => void heard.apples?.push(payloads),
    pears: (payloads) => void heard.pears?.push(payloads),
  });
  await follower.ready;
  assert.ok(follower.connected);
  await notify('apples', 'one');
  await until('one', () => heard.apples?.length === 2);
  assert.deepEqual(heard, { apples: [undefined, ['one']], pears: [undefined] });
});

test('what is announced while the reader works is read once it is done, in one go', async () => {
  const runs: (readonly string[] | undefined)[] = [];
  let atWork = 0;
  let go: () => void = () => undefined;
  const follower = followed({
    plums: async (payloads) => {
      atWork += 1;
      assert.equal(atWork, 1, 'the reader ran twice at once');
      runs.push(payloads);
      if (payloads?.includes('first')) await new Promise<void>((resolve) => (go = resolve));
      atWork -= 1;
    },
  });
  await follower.ready;
  await notify('plums', 'first');
  await until('the first', () => runs.length === 2);
  await notify('plums', 'second');
  await notify('plums', 'third');
  // Another connection has heard both by now, so this one has been sent both.
  await database.ping();
  await pause(50);
  go();
  await until('the rest', () => runs.flat().includes('third'));
  assert.deepEqual(runs, [undefined, ['first'], ['second', 'third']]);
});

test('a connection that ends is made anew, and everything is read again', async () => {
  const runs: (readonly string[] | undefined)[] = [];
  const follower = followed({ figs: (payloads) => void runs.push(payloads) });
  await follower.ready;
  await cut();
  await until('the second look', () => runs.length === 2 && follower.connected);
  assert.deepEqual(runs, [undefined, undefined]);
  await notify('figs', 'late');
  await until('the notification', () => runs.length === 3);
});

test('a reader that fails is asked to read everything again', async () => {
  const runs: (readonly string[] | undefined)[] = [];
  const follower = followed({
    dates: (payloads) => {
      runs.push(payloads);
      if (payloads?.includes('bad')) throw new Error('the table is away');
    },
  });
  await follower.ready;
  await notify('dates', 'bad');
  await until('another look', () => runs.length === 3);
  assert.equal(runs[2], undefined);
});

test('it can be stopped, also before it is connected', async () => {
  const follower = follow(database, { nuts: () => undefined });
  await follower.stop();
  assert.equal(follower.connected, false);
});
