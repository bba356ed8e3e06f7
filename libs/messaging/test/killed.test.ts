import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deadLetterTopic, topics } from '@quayside/contracts';
import { v7 as uuidv7 } from 'uuid';
import {
  appendToOutbox,
  createConsumer,
  createRelay,
  createTopics,
  listDeadLetters,
} from '../src/index';
import { writeEffect, type ChildTask } from './child';
import {
  follow,
  startMessaging,
  STOP_MS,
  userCreated,
  waitFor,
  type MessagingFixture,
} from './fixture';

let fixture: MessagingFixture;

before(async () => {
  fixture = await startMessaging();
});
after(() => fixture.stop());

/** Runs a child until it has killed itself. */
async function runUntilKilled(task: Omit<ChildTask, 'url' | 'broker'>): Promise<void> {
  const whole: ChildTask = { url: fixture.stored.url, broker: fixture.broker.address, ...task };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'child.ts'), JSON.stringify(whole)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL');
}

const KEYS = ['a', 'b', 'c', 'd'];
const COUNT = 200;
const nameOf = (index: number) => `event-${String(index).padStart(4, '0')}`;

test('relays and consumers are killed at the worst moments: nothing lost, nothing twice, in order per key', async () => {
  const group = { group: `killed-${uuidv7()}`, topics: [topics.user] };
  const letters = deadLetterTopic(group.group, topics.user.name);
  await createTopics(fixture.kafka, [{ name: letters, partitions: 1, retentionMs: 1e9 }]);
  for (let index = 0; index < COUNT; index += 1) {
    const event = userCreated(nameOf(index), KEYS[index % KEYS.length]);
    await fixture.database.transaction((tx) => appendToOutbox(tx, event));
  }

  await runUntilKilled({ relayDiesAtBatch: 1 });
  await runUntilKilled({ relayDiesAtBatch: 3 });
  const relay = createRelay({
    database: fixture.database,
    kafka: fixture.kafka,
    serviceName: 'users',
  });
  relay.start();
  const reader = await follow(fixture.broker.address, topics.user.name);
  // Two batches of twenty were sent and not deleted, so they come again.
  await waitFor(() => reader.messages.length === COUNT + 40, { timeoutMs: 30_000 });

  await runUntilKilled({ consumer: { group, diesAt: nameOf(30), when: 'before commit' } });
  await runUntilKilled({ consumer: { group, diesAt: nameOf(90), when: 'after commit' } });
  const consumer = createConsumer({
    kafka: fixture.kafka,
    database: fixture.database,
    group,
    handlers: {
      'quayside.users.v1.UserCreated': (tx, { key, payload }) =>
        writeEffect(tx, key, payload.displayName),
    },
  });
  consumer.start();
  const effects = async () => {
    const rows = await fixture.database.query<{ name: string }>(
      'SELECT name FROM effects ORDER BY number',
    );
    return rows.map(({ name }) => name);
  };
  await waitFor(async () => (await effects()).length >= COUNT, { timeoutMs: 30_000 });
  await consumer.stop(STOP_MS);
  const applied = await effects();
  for (const key of KEYS) {
    const expected = Array.from({ length: COUNT }, (_, index) => index)
      .filter((index) => KEYS[index % KEYS.length] === key)
      .map((index) => `${key}/${nameOf(index)}`);
    assert.deepEqual(
      applied.filter((name) => name.startsWith(`${key}/`)),
      expected,
    );
  }
  assert.equal(applied.length, COUNT);
  const place = { group: group.group, topic: topics.user.name };
  assert.deepEqual(await listDeadLetters(fixture.kafka, place), []);
  await reader.stop();
  await relay.stop(STOP_MS);
});

test('a standby takes over within a second when the active relay is killed', async () => {
  const dying = runUntilKilled({ relayDiesAtBatch: 1 });
  const holder = async () => {
    const rows = await fixture.database.query<{ name: string }>(
      `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND classid = 1903518073 AND granted AND datname = current_database()`,
    );
    return rows[0]?.name;
  };
  await waitFor(async () => (await holder()) === 'child relay', { timeoutMs: 30_000 });
  const standby = createRelay({
    database: fixture.database,
    kafka: fixture.kafka,
    serviceName: 'users',
  });
  standby.start();
  const event = userCreated('taken over');
  await fixture.database.transaction((tx) => appendToOutbox(tx, event));
  await dying;
  const died = Date.now();
  await waitFor(async () => (await holder()) === 'test relay');
  assert.ok(Date.now() - died < 1_000, `${Date.now() - died} ms`);
  await waitFor(async () => (await fixture.database.query('SELECT FROM outbox')).length === 0);
  await standby.stop(STOP_MS);
});
