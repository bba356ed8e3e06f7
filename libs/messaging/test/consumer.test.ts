import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encodeEvent, topics, type ConsumerGroup } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import { v7 as uuidv7 } from 'uuid';
import {
  batchHandler,
  createConsumer,
  createTopics,
  listDeadLetters,
  replayDeadLetters,
  type Consumer,
  type ConsumerHandlers,
  type ConsumerOptions,
} from '../src/index';
import {
  foreignKafka,
  startMessaging,
  STOP_MS,
  userCreated,
  ownGroup,
  placeOf,
  deadLetterTopicOf,
  waitFor,
  type MessagingFixture,
} from './fixture';
import { proxyTo } from './proxy';

const TYPE = 'quayside.users.v1.UserCreated';
let fixture: MessagingFixture;

before(async () => {
  fixture = await startMessaging();
});
after(() => fixture.stop());

interface Sent {
  name: string;
  id?: string;
  key?: string;
  value?: Buffer | null;
  headers?: Record<string, string>;
}

/** Sends as another program would, so also what no relay of ours would send. */
async function send(group: ConsumerGroup, ...events: Sent[]): Promise<void> {
  const producer = foreignKafka(fixture.broker.address).producer({
    createPartitioner:
      () =>
      ({ message }) =>
        String(message.key).length % 3,
  });
  await producer.connect();
  const messages = events.map(({ name, id = uuidv7(), key = 'a', value, headers }) => ({
    key,
    value: value === undefined ? encodeEvent(TYPE, userCreated(name).payload) : value,
    headers: {
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: TYPE,
      ce_source: '/test',
      ce_time: new Date().toISOString(),
      ...headers,
    },
  }));
  await producer.send({ topic: placeOf(group).topic, messages });
  await producer.disconnect();
}

function consume(
  group: ConsumerGroup,
  handlers: ConsumerHandlers,
  options: Partial<ConsumerOptions> = {},
): Consumer {
  const { kafka, database } = fixture;
  const consumer = createConsumer({ kafka, database, group, handlers, ...options });
  consumer.start();
  return consumer;
}

const write = async (tx: Transaction, name: string) => {
  await tx.query('INSERT INTO effects (name) VALUES ($1)', [name]);
};

/** Writes the display name into `effects`. */
const effectsOf = (first?: (name: string) => void): ConsumerHandlers => ({
  [TYPE]: async (tx, { payload: { displayName: name } }) => {
    first?.(name);
    await write(tx, name);
  },
});
async function effects(prefix: string): Promise<string[]> {
  const rows = await fixture.database.query<{ name: string }>(
    'SELECT name FROM effects WHERE starts_with(name, $1) ORDER BY number',
    [prefix],
  );
  return rows.map(({ name }) => name);
}
async function waitForEffects(prefix: string, expected: string[]): Promise<void> {
  const enough = async () => (await effects(prefix)).length >= expected.length;
  await waitFor(enough, { timeoutMs: 30_000, description: expected.slice(-3).join() });
  assert.deepEqual(await effects(prefix), expected);
}
const deadLetters = (group: ConsumerGroup) => listDeadLetters(fixture.kafka, placeOf(group));
const metricsText = () => metrics.registry.metrics();

test('delivered twice, in one batch and in two, applied once', async () => {
  const id = uuidv7();
  const group = await ownGroup(fixture);
  const consumer = consume(group, effectsOf());
  await send(group, { name: 'twice', id }, { name: 'twice', id });
  await waitForEffects('twice', ['twice']);
  await send(group, { name: 'twice', id }, { name: 'twice-end' });
  await waitForEffects('twice', ['twice', 'twice-end']);
  await consumer.stop(STOP_MS);
  assert.match(await metricsText(), new RegExp(`${group.group}[^\\n]*"duplicate"\\} 2`));
});

test('the handler gets the whole event', async () => {
  const seen: unknown[] = [];
  const group = await ownGroup(fixture);
  const consumer = consume(group, {
    [TYPE]: (_tx, { payload, headers, partition, offset, time, ...event }) => {
      seen.push({ ...event, displayName: payload.displayName });
      return Promise.resolve();
    },
  });
  const id = uuidv7();
  await send(group, { name: 'whole', id, key: 'kkk', headers: { ce_subject: 'me' } });
  await waitFor(() => seen.length > 0);
  const { topic } = placeOf(group);
  assert.deepEqual(seen, [
    { id, type: TYPE, source: '/test', subject: 'me', key: 'kkk', topic, displayName: 'whole' },
  ]);
  await consumer.stop(STOP_MS);
});

test('the connection dies between effect and commit: applied once', async () => {
  let kills = 0;
  const group = await ownGroup(fixture);
  const consumer = consume(group, {
    [TYPE]: async (tx, { payload }) => {
      await write(tx, payload.displayName);
      kills += 1;
      if (kills < 3) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    },
  });
  await send(group, { name: 'killed' });
  await waitForEffects('killed', ['killed']);
  assert.equal(kills, 3);
  await consumer.stop(STOP_MS);
});

test('poison goes to the dead-letter topic with its reason, the rest flows, and a replay applies it', async () => {
  const group = await ownGroup(fixture);
  let mended = false;
  const consumer = consume(
    group,
    effectsOf((name) => {
      if (name === 'poison-invalid' && !mended) {
        throw new QuaysideError('invalid_request', 'No such name.');
      }
      if (name === 'poison-bug') throw new TypeError('not a function');
    }),
  );
  const invalidId = uuidv7();
  await send(
    group,
    { name: 'poison-1' },
    { name: 'x', value: Buffer.from([0xff, 0xff, 0xff]) },
    { name: 'poison-invalid', id: invalidId },
    { name: 'poison-2' },
    { name: 'x', headers: { ce_type: 'somebody.elses.Event' } },
    { name: 'poison-refused' },
    { name: 'poison-bug' },
    { name: 'x', headers: { ce_id: 'no uuid' } },
    { name: 'x', value: null },
    { name: 'poison-3' },
  );
  await waitForEffects('poison', ['poison-1', 'poison-2', 'poison-3']);
  const letters = await deadLetters(group);
  assert.deepEqual(
    letters.map(({ reason: { code, attempts } }) => [code, attempts]),
    [
      ['unreadable', 1],
      ['invalid_request', 1],
      ['23514', 1],
      ['TypeError', 3],
      ['unreadable', 1],
      ['unreadable', 1],
    ],
  );
  const letter = letters[1]!;
  assert.equal(letter.id, invalidId);
  assert.equal(letter.key, 'a');
  assert.equal(letter.type, TYPE);
  assert.ok(!Object.keys(letter.headers).some((name) => name.startsWith('dlq-')));
  assert.equal(letter.reason.message, 'No such name.');
  assert.equal(letter.reason.group, group.group);
  assert.equal(letter.reason.topic, placeOf(group).topic);
  assert.match(letter.reason.offset, /^\d+$/);
  assert.ok(Date.now() - letter.reason.time.getTime() < 60_000);
  assert.match(await metricsText(), new RegExp(`${group.group}[^\\n]*"ignored"\\} 1`));

  mended = true;
  const one = await replayDeadLetters(fixture.kafka, placeOf(group), {
    select: ({ id }) => id === invalidId,
  });
  assert.equal(one.length, 1);
  await waitForEffects('poison', ['poison-1', 'poison-2', 'poison-3', 'poison-invalid']);
  await consumer.stop(STOP_MS);
});

test('a replay of everything takes each letter once, and those it took are told apart', async () => {
  const group = await ownGroup(fixture);
  let mended = false;
  const consumer = consume(
    group,
    effectsOf(() => {
      if (!mended) throw new QuaysideError('invalid_request', 'Not yet.');
    }),
  );
  await send(group, { name: 'again-1' }, { name: 'again-2' });
  await waitFor(async () => (await deadLetters(group)).length === 2, { timeoutMs: 30_000 });
  mended = true;
  assert.equal((await replayDeadLetters(fixture.kafka, placeOf(group))).length, 2);
  assert.equal((await replayDeadLetters(fixture.kafka, placeOf(group))).length, 0);
  await waitForEffects('again-', ['again-1', 'again-2']);
  assert.deepEqual(
    (await deadLetters(group)).map(({ replayed }) => replayed),
    [true, true],
  );
  await consumer.stop(STOP_MS);
});

test('a database that is down is waited for, and nothing becomes a dead letter', async () => {
  const group = await ownGroup(fixture);
  const line = await proxyTo(fixture.stored.url);
  const consumer = consume(group, effectsOf(), { database: fixture.open(line.url) });
  await send(group, { name: 'patient-1' });
  await waitForEffects('patient', ['patient-1']);
  line.cut();
  await send(group, { name: 'patient-2' }, { name: 'patient-3' });
  const waits = new RegExp(`messaging_consumer_waiting\\{[^}]*"${group.group}"[^}]*\\} 1`);
  await waitFor(async () => waits.test(await metricsText()), { description: 'the wait' });
  line.mend();
  await waitForEffects('patient', ['patient-1', 'patient-2', 'patient-3']);
  assert.deepEqual(await deadLetters(group), []);
  assert.doesNotMatch(await metricsText(), waits);
  await consumer.stop(STOP_MS);
  line.stop();
});

test('another service that is away is waited for as well', async () => {
  const group = await ownGroup(fixture);
  let calls = 0;
  const consumer = consume(
    group,
    effectsOf(() => {
      calls += 1;
      if (calls <= 5) throw new QuaysideError('unavailable', 'Back soon.');
    }),
  );
  await send(group, { name: 'service' });
  await waitForEffects('service', ['service']);
  assert.deepEqual(await deadLetters(group), []);
  await consumer.stop(STOP_MS);
});

test('a dead-letter topic that is missing is waited for: the message is neither lost nor passed over', async () => {
  const group = await ownGroup(fixture, { deadLetters: false });
  const consumer = consume(
    group,
    effectsOf((name) => {
      if (name === 'homeless-1') throw new QuaysideError('invalid_request', 'Never.');
    }),
  );
  await send(group, { name: 'homeless-1' }, { name: 'homeless-2' });
  const waits = new RegExp(`messaging_consumer_waiting\\{[^}]*"${group.group}"[^}]*\\} 1`);
  await waitFor(async () => waits.test(await metricsText()), { timeoutMs: 30_000 });
  assert.deepEqual(await effects('homeless'), []);
  await createTopics(fixture.kafka, [
    { name: deadLetterTopicOf(group), partitions: 1, retentionMs: 1e9 },
  ]);
  await waitForEffects('homeless', ['homeless-2']);
  assert.equal((await deadLetters(group)).length, 1);
  await consumer.stop(STOP_MS);
});

test('a batch handler gets new events in order, many in one transaction', async () => {
  const sizes: number[] = [];
  const group = await ownGroup(fixture);
  const names = Array.from({ length: 250 }, (_, index) => `many-${index}`);
  await send(group, ...names.map((name) => ({ name })));
  const handlers = batchHandler([TYPE], async (tx, events) => {
    const own = events.map(({ payload }) => payload.displayName);
    sizes.push(own.length);
    await tx.query('INSERT INTO effects (name) SELECT unnest($1::text[])', [own]);
  });
  const consumer = consume(group, handlers);
  await waitForEffects('many', names);
  assert.ok(Math.max(...sizes) > 20);
  await consumer.stop(STOP_MS);
});

test('one refused event does not take its batch along', async () => {
  const group = await ownGroup(fixture);
  const names = Array.from(
    { length: 30 },
    (_, index) => `mixed-${index}${index === 17 ? '-refused' : ''}`,
  );
  await send(group, ...names.map((name) => ({ name })));
  const handlers = batchHandler([TYPE], async (tx, events) => {
    for (const { payload } of events) await write(tx, payload.displayName);
  });
  const consumer = consume(group, handlers);
  await waitForEffects(
    'mixed',
    names.filter((name) => !name.includes('refused')),
  );
  const letters = await deadLetters(group);
  assert.deepEqual(
    letters.map(({ reason }) => reason.code),
    ['23514'],
  );
  await consumer.stop(STOP_MS);
});

test('the broker restarts: the consumer goes on by itself', async () => {
  const group = await ownGroup(fixture);
  const consumer = consume(group, effectsOf());
  await send(group, { name: 'back-1' });
  await waitForEffects('back', ['back-1']);
  await fixture.broker.restart();
  await send(group, { name: 'back-2' });
  await waitForEffects('back', ['back-1', 'back-2']);
  await consumer.stop(STOP_MS);
});

test('members come and go: each event is applied once, in order per key', async () => {
  const group = await ownGroup(fixture);
  const handlers = effectsOf();
  const members = [consume(group, handlers, { database: fixture.open() })];
  for (let index = 0; index < 90; index += 1) {
    const key = 'k'.repeat(1 + (index % 3));
    await send(group, { name: `member-${key}-${index}`, key });
    if (index === 30) members.push(consume(group, handlers, { database: fixture.open() }));
    if (index === 60) await members[0]!.stop(STOP_MS);
  }
  await waitFor(async () => (await effects('member-')).length === 90, { timeoutMs: 30_000 });
  for (const key of ['k', 'kk', 'kkk']) {
    const numbers = (await effects(`member-${key}-`)).map((name) => Number(name.split('-')[2]));
    assert.deepEqual(
      numbers,
      [...numbers].sort((one, other) => one - other),
    );
  }
  await members[1]!.stop(STOP_MS);
});

test('a client that crashes for good is replaced', async () => {
  // A topic that is not there ends a kafkajs consumer without a restart of its own.
  const missing = { ...topics.user, name: 'missing.topic.v1' };
  const group: ConsumerGroup = { group: `crash-${uuidv7()}`, topics: [missing] };
  const consumer = consume(group, effectsOf());
  const restarted = new RegExp(
    `messaging_consumer_restarts_total\\{[^}]*"${group.group}"\\} [1-9]`,
  );
  await waitFor(async () => restarted.test(await metricsText()), { timeoutMs: 30_000 });
  const kafka = foreignKafka(fixture.broker.address);
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: missing.name, numPartitions: 1 }],
    waitForLeaders: true,
  });
  const joined = async () =>
    (await admin.describeGroups([group.group])).groups[0]?.state === 'Stable';
  await waitFor(joined, { timeoutMs: 30_000, description: 'the group to be stable' });
  await admin.disconnect();
  await consumer.stop(STOP_MS);
});

test('stopping ends in time with a handler that hangs, and with a broker that is gone', async () => {
  let entered = false;
  let release: () => void = () => undefined;
  const group = await ownGroup(fixture);
  const consumer = consume(group, {
    [TYPE]: () => {
      entered = true;
      return new Promise<void>((resolve) => (release = resolve));
    },
  });
  await send(group, { name: 'stuck' });
  await waitFor(() => entered, { timeoutMs: 30_000 });
  const started = Date.now();
  await consumer.stop(500);
  assert.ok(Date.now() - started < 2_000, `${Date.now() - started} ms`);
  release();
  const other = consume(await ownGroup(fixture), effectsOf());
  await fixture.broker.restart(async () => {
    const begun = Date.now();
    await other.stop(1_000);
    assert.ok(Date.now() - begun < 2_500, `${Date.now() - begun} ms`);
  });
});
