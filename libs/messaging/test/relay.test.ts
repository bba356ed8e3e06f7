import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { decodeEvent, topics } from '@quayside/contracts';
import type { Database, Session } from '@quayside/database';
import { metrics } from '@quayside/telemetry';
import { appendToOutbox, createKafka, createRelay, createTopics, type Relay } from '../src/index';
import {
  follow,
  foreignKafka,
  schema,
  startMessaging,
  STOP_MS,
  userCreated,
  waitFor,
  type MessagingFixture,
} from './fixture';

let fixture: MessagingFixture;
let reader: Awaited<ReturnType<typeof follow>>;

before(async () => {
  fixture = await startMessaging();
  reader = await follow(fixture.broker.address, topics.user.name);
});
after(async () => {
  await reader.stop();
  await fixture.stop();
});

function startRelay(kafka = fixture.kafka, database = fixture.open()): Relay {
  const relay = createRelay({ database, kafka, serviceName: 'users', standbyMs: 50 });
  relay.start();
  return relay;
}
const append = (name: string, key?: string) =>
  fixture.database.transaction((tx) => appendToOutbox(tx, userCreated(name, key)));
const nameOf = ({ value }: { value: Buffer }) =>
  decodeEvent('quayside.users.v1.UserCreated', value).displayName;

/** Names with this prefix in the order of their first arrival. */
function arrived(prefix: string): string[] {
  return [...new Set(reader.messages.map(nameOf).filter((name) => name.startsWith(prefix)))];
}
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const waitForAll = (prefix: string, count: number) =>
  waitFor(() => arrived(prefix).length === count, {
    timeoutMs: 30_000,
    description: `${count} events ${prefix}`,
  });
const outboxIsEmpty = () =>
  waitFor(async () => (await fixture.database.query('SELECT FROM outbox')).length === 0);

test('an event is a CloudEvent in binary mode, and its row is removed', async () => {
  const relay = startRelay();
  const event = { ...userCreated('one'), subject: 'somebody' };
  await fixture.database.transaction((tx) => appendToOutbox(tx, event));
  await waitForAll('one', 1);
  const { headers, key } = reader.messages.find((message) => nameOf(message) === 'one')!;
  assert.equal(key, 'a');
  assert.match(headers.ce_id!, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.ok(Date.parse(headers.ce_time!) > Date.now() - 60_000);
  assert.equal(headers.ce_specversion, '1.0');
  assert.equal(headers.ce_type, 'quayside.users.v1.UserCreated');
  assert.equal(headers.ce_source, '/quayside/users');
  assert.equal(headers.ce_subject, 'somebody');
  assert.equal(headers['content-type'], 'application/protobuf');
  await outboxIsEmpty();
  await relay.stop(STOP_MS);
});

test('a local commit is sent at once, one of another process after a poll', async () => {
  const relay = createRelay({
    database: fixture.database,
    kafka: fixture.kafka,
    serviceName: 'users',
    pollMs: { busy: 60_000, idle: 60_000 },
  });
  relay.start();
  await append('first');
  await waitForAll('first', 1);
  // It sleeps for a minute now unless it is woken.
  await append('woken');
  await waitForAll('woken', 1);
  await relay.stop(STOP_MS);
  const polling = startRelay();
  await append('polled');
  await waitForAll('polled', 1);
  await polling.stop(STOP_MS);
});

test('an event of a transaction that rolled back is never sent', async () => {
  const failing = fixture.database.transaction(async (tx) => {
    await appendToOutbox(tx, userCreated('undone'));
    throw new Error('changed my mind');
  });
  await assert.rejects(failing, /changed my mind/);
  assert.deepEqual(await fixture.database.query('SELECT FROM outbox'), []);
});

test('several events of one transaction keep their order', async () => {
  const relay = startRelay();
  const all = names('several-', 20);
  await fixture.database.transaction((tx) =>
    appendToOutbox(tx, ...all.map((name) => userCreated(name, 's'))),
  );
  await waitForAll('several-', 20);
  assert.deepEqual(arrived('several-'), all);
  await relay.stop(STOP_MS);
});

test('a row that becomes visible after a later one is still sent', async () => {
  const relay = startRelay();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let appended: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (appended = resolve));
  const slow = fixture.database.transaction(async (tx) => {
    await appendToOutbox(tx, userCreated('late-slow', 'x'));
    appended();
    await held;
  });
  await first;
  await append('late-fast', 'y');
  await waitForAll('late-fast', 1);
  release();
  await slow;
  await waitForAll('late-slow', 1);
  await relay.stop(STOP_MS);
});

test('two relays on one database: each event once, in order per key, and one takes over from the other', async () => {
  const [first, second] = [startRelay(), startRelay()];
  const count = 300;
  const seenBefore = reader.messages.length;
  for (const [index, name] of names('pair-', count).entries()) {
    await append(name, `p${index % 3}`);
    if (index === 100) await first.stop(STOP_MS);
  }
  await waitForAll('pair-', count);
  for (const key of [0, 1, 2]) {
    const expected = names('pair-', count).filter((_, index) => index % 3 === key);
    const got = reader.messages.filter((message) => message.key === `p${key}`).map(nameOf);
    // Nothing failed, so nothing may have been sent twice either: one was active at a time.
    assert.deepEqual(got, expected);
  }
  assert.equal(reader.messages.length - seenBefore, count);
  await second.stop(STOP_MS);
});

test('a relay whose session is killed in the middle loses and reorders nothing', async () => {
  const relay = startRelay();
  const count = 200;
  for (const [index, name] of names('cut-', count).entries()) {
    await append(name, 'c');
    if (index % 60 === 30) {
      await fixture.database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test relay'",
      );
    }
  }
  await waitForAll('cut-', count);
  assert.deepEqual(arrived('cut-'), names('cut-', count));
  await relay.stop(STOP_MS);
});

test('a relay that lost its lock sends nothing more on that session', async () => {
  const sessions: Session[] = [];
  const database = fixture.open();
  const watched: Database = {
    ...database,
    session: async (options) => {
      const session = await database.session(options);
      sessions.push(session);
      return session;
    },
  };
  const relay = startRelay(fixture.kafka, watched);
  await append('lock-1');
  await waitForAll('lock-1', 1);
  assert.equal(sessions.length, 1);
  // As a connection pooler in between may do.
  await sessions[0]!.query('SELECT pg_advisory_unlock_all()');
  await append('lock-2');
  await waitForAll('lock-2', 1);
  assert.equal(sessions.length, 2);
  assert.ok(sessions[0]!.ended.aborted);
  await relay.stop(STOP_MS);
});

test('the broker is gone for a while: every event arrives afterwards, in order per key', async () => {
  const relay = startRelay();
  const count = 100;
  const all = names('outage-', count);
  for (const name of all.slice(0, 30)) await append(name, 'o');
  await fixture.broker.restart(async () => {
    for (const name of all.slice(30)) await append(name, 'o');
    await waitFor(async () => /outbox_depth [1-9]/.test(await metrics.registry.metrics()), {
      description: 'the depth of the outbox on /metrics',
    });
    await waitFor(
      async () => {
        const [, age] =
          /outbox_oldest_age_seconds ([\d.]+)/.exec(await metrics.registry.metrics()) ?? [];
        return Number(age) > 0.5;
      },
      { description: 'the age of the oldest event on /metrics' },
    );
  });
  await waitForAll('outage-', count);
  assert.deepEqual(arrived('outage-'), all);
  await outboxIsEmpty();
  await waitFor(async () => /outbox_depth 0/.test(await metrics.registry.metrics()));
  await relay.stop(STOP_MS);
});

test('a topic that is missing holds the events back until it is made', async () => {
  const { name, partitions, retentionMs } = topics.account;
  const admin = foreignKafka(fixture.broker.address).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [name] });
  await admin.disconnect();
  const relay = startRelay();
  await fixture.database.transaction((tx) =>
    appendToOutbox(tx, {
      type: 'quayside.payments.v1.AccountOpened',
      key: 'account',
      payload: { accountId: 'account', userId: 'a', currency: 'EUR' },
    }),
  );
  await waitFor(async () =>
    /outbox_send_failures_total [1-9]/.test(await metrics.registry.metrics()),
  );
  assert.deepEqual(await createTopics(fixture.kafka, [{ name, partitions, retentionMs }]), [name]);
  assert.deepEqual(await createTopics(fixture.kafka, [{ name, partitions, retentionMs }]), []);
  await outboxIsEmpty();
  await relay.stop(STOP_MS);
});

test('stopping sends what is there, and ends in time when the broker accepts and says nothing', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const stuck = startRelay(createKafka({ brokers: [address], clientId: 'stuck' }));
  await append('kept');
  await waitFor(() => sockets.length > 0);
  const started = Date.now();
  await stuck.stop(300);
  assert.ok(Date.now() - started < 3_000);
  const [row] = await fixture.database.query<{ count: bigint }>('SELECT count(*) FROM outbox');
  assert.equal(row?.count, 1n);
  for (const socket of sockets) socket.destroy();
  silent.close();
  const relay = startRelay();
  await waitForAll('kept', 1);
  await append('last');
  await relay.stop(STOP_MS);
  assert.deepEqual(await fixture.database.query('SELECT FROM outbox'), []);
  await waitForAll('last', 1);
});

test('a payload that no broker would take is refused before it is in the way', async () => {
  const huge = userCreated('x'.repeat(600_000));
  await assert.rejects(
    fixture.database.transaction((tx) => appendToOutbox(tx, huge)),
    /600\d{3} bytes/,
  );
});

test("every service's first migration is this library's schema", () => {
  const apps = join(import.meta.dirname, '../../../apps');
  const services = readdirSync(apps).filter((app) => existsSync(join(apps, app, 'migrations')));
  assert.ok(services.length > 0);
  for (const app of services) {
    const copy = join(apps, app, 'migrations/0001_messaging.sql');
    assert.equal(readFileSync(copy, 'utf8'), schema, copy);
  }
});
