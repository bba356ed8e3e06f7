import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deadLetterTopic, encodeEvent, topics } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { waitFor } from '@quayside/testing';
import { v7 as uuidv7 } from 'uuid';
import {
  createConsumer,
  createTopics,
  listDeadLetters,
  replayDeadLetters,
  type Consumer,
  type ConsumerHandlers,
} from '../src/index';
import { startMessaging, userCreated, userGroup, type MessagingFixture } from './fixture';

let fixture: MessagingFixture;
const STOP_MS = 5_000;

before(async () => {
  fixture = await startMessaging();
});
after(() => fixture.stop());

interface Sent {
  name: string;
  id?: string;
  value?: Buffer;
  type?: string;
}

/** Sends events as a relay would, with chosen ids. */
async function send(...events: Sent[]): Promise<void> {
  const producer = fixture.kafka.kafka.producer({ createPartitioner: () => () => 0 });
  await producer.connect();
  await producer.send({
    topic: topics.user.name,
    messages: events.map(({ name, id = uuidv7(), value, type }) => {
      const event = userCreated(name);
      return {
        key: 'a',
        value: value ?? encodeEvent(event.type, event.payload),
        headers: { ce_id: id, ce_type: type ?? event.type, ce_time: new Date().toISOString() },
      };
    }),
  });
  await producer.disconnect();
}

async function consume(handlers: ConsumerHandlers, name?: string): Promise<Consumer> {
  const group = userGroup(name);
  await createTopics(
    [fixture.broker.address],
    [{ name: deadLetterTopic(group.group, topics.user.name), partitions: 1, retentionMs: 1e9 }],
  );
  const { kafka } = fixture;
  const consumer = createConsumer({ kafka, database: fixture.open(), group, handlers });
  consumer.start();
  return consumer;
}

/** Writes the display name into `effects`; only names with this prefix. */
const effectsOf = (prefix: string): ConsumerHandlers => ({
  'quayside.users.v1.UserCreated': async (tx, { payload }) => {
    if (!payload.displayName.startsWith(prefix)) return;
    await tx.query('INSERT INTO effects (name) VALUES ($1)', [payload.displayName]);
  },
});
async function effects(prefix: string): Promise<string[]> {
  const rows = await fixture.database.query<{ name: string }>(
    'SELECT name FROM effects WHERE starts_with(name, $1) ORDER BY number',
    [prefix],
  );
  return rows.map(({ name }) => name);
}
const waitForEffects = (prefix: string, expected: string[]) =>
  waitFor(async () => (await effects(prefix)).length >= expected.length, {
    timeoutMs: 30_000,
    description: expected.join(),
  }).then(async () => assert.deepEqual(await effects(prefix), expected));

test('delivered twice, in one batch and in two, applied once', async () => {
  const id = uuidv7();
  const consumer = await consume(effectsOf('twice'));
  await send({ name: 'twice', id }, { name: 'twice', id });
  await waitForEffects('twice', ['twice']);
  await send({ name: 'twice', id }, { name: 'twice-end' });
  await waitForEffects('twice', ['twice', 'twice-end']);
  await consumer.stop(STOP_MS);
});

test('killed between effect and commit: applied once', async () => {
  let kills = 0;
  const consumer = await consume({
    'quayside.users.v1.UserCreated': async (tx, { payload }) => {
      if (payload.displayName !== 'killed') return;
      await tx.query("INSERT INTO effects (name) VALUES ('killed')");
      if (kills++ < 2) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    },
  });
  await send({ name: 'killed' });
  await waitForEffects('killed', ['killed']);
  assert.equal(kills, 3);
  await consumer.stop(STOP_MS);
});

test('poison goes to the dead-letter topic with its reason; the rest flows; a replay applies it', async () => {
  const group = 'poisoned';
  let mended = false;
  const consumer = await consume(
    {
      'quayside.users.v1.UserCreated': async (tx, { payload: { displayName: name } }) => {
        if (!name.startsWith('poison')) return;
        if (name === 'poison-refused' && !mended) {
          throw new QuaysideError('invalid_request', 'No such name.');
        }
        await tx.query('INSERT INTO effects (name) VALUES ($1)', [name]);
      },
    },
    group,
  );
  await send(
    { name: 'poison-1' },
    { name: 'x', value: Buffer.from([0xff, 0xff, 0xff]) },
    { name: 'poison-refused' },
    { name: 'x', type: 'somebody.elses.Event' },
    { name: 'poison-2' },
  );
  await waitForEffects('poison', ['poison-1', 'poison-2']);
  const letters = await listDeadLetters(fixture.kafka, group, topics.user.name);
  assert.deepEqual(
    letters.map(({ topic, reason }) => [topic, reason === 'invalid_request']),
    [
      [topics.user.name, false],
      [topics.user.name, true],
    ],
  );
  assert.equal(letters[1]?.detail, 'No such name.');
  mended = true;
  await replayDeadLetters(fixture.kafka, letters.slice(1));
  await waitForEffects('poison', ['poison-1', 'poison-2', 'poison-refused']);
  await consumer.stop(STOP_MS);
});

test('what is down is waited for, and nothing is set aside', async () => {
  const group = 'patient';
  let calls = 0;
  const consumer = await consume(
    {
      'quayside.users.v1.UserCreated': async (tx, { payload }) => {
        if (payload.displayName !== 'patient') return;
        calls += 1;
        if (calls <= 6) throw Object.assign(new Error('starting up'), { code: '57P03' });
        await tx.query("INSERT INTO effects (name) VALUES ('patient')");
      },
    },
    group,
  );
  await send({ name: 'patient' });
  await waitForEffects('patient', ['patient']);
  assert.deepEqual(await listDeadLetters(fixture.kafka, group, topics.user.name), []);
  await consumer.stop(STOP_MS);
});

test('a batch handler gets new events in order, in one transaction', async () => {
  const sizes: number[] = [];
  const consumer = await consume({
    batch: async (tx, events) => {
      const names = events
        .map(({ payload }) => (payload as { displayName: string }).displayName)
        .filter((name) => name.startsWith('many'));
      sizes.push(names.length);
      await tx.query('INSERT INTO effects (name) SELECT unnest($1::text[])', [names]);
    },
  });
  const names = Array.from({ length: 50 }, (_, index) => `many-${index}`);
  await send(...names.map((name) => ({ name })));
  await waitForEffects('many', names);
  assert.ok(Math.max(...sizes) > 1);
  await consumer.stop(STOP_MS);
});

test('the broker restarts: the consumer goes on by itself', async () => {
  const consumer = await consume(effectsOf('again'));
  await send({ name: 'again-1' });
  await waitForEffects('again', ['again-1']);
  await fixture.broker.restart();
  await send({ name: 'again-2' });
  await waitForEffects('again', ['again-1', 'again-2']);
  await consumer.stop(STOP_MS);
});
