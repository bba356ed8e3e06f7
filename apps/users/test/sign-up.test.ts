import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { topics, type EventPayloads } from '@quayside/contracts';
import {
  createConsumer,
  createKafka,
  listDeadLetters,
  type Consumer,
  type KafkaConnection,
} from '@quayside/messaging';
import { testDatabase, waitFor, type TestDatabase } from '@quayside/testing';
import { openDatabase, type Database } from '@quayside/database';
import {
  handleOf,
  migrations,
  newcomer,
  publish,
  startUsers,
  announceIn,
  type Registered,
  type UsersFixture,
} from './users-fixture';

let users: UsersFixture;
let kafka: KafkaConnection;
let listener: { stored: TestDatabase; database: Database; consumer: Consumer };
const created: EventPayloads['quayside.users.v1.UserCreated'][] = [];

before(async () => {
  users = await startUsers();
  const stored = await testDatabase('users', migrations);
  const database = openDatabase({ url: stored.url, applicationName: 'test' });
  kafka = createKafka({ brokers: [users.kafkaAddress], clientId: 'test' });
  const consumer = createConsumer({
    kafka,
    database,
    group: { group: 'payments', topics: [topics.user] },
    handlers: {
      'quayside.users.v1.UserCreated': (_tx, event) => {
        created.push(event.payload);
        return Promise.resolve();
      },
    },
  });
  consumer.start();
  listener = { stored, database, consumer };
});
after(async () => {
  await listener.consumer.stop(5000);
  await kafka.close();
  await listener.database.close();
  await listener.stored.drop();
  await users.stop();
});

const createdFor = (userId: string) => created.filter((event) => event.userId === userId);

async function lapse(handle: string): Promise<void> {
  await users.database.query(
    `UPDATE handles SET reserved_until = now() - interval '1 second' WHERE handle = $1`,
    [handle],
  );
}

test('a registered identity gets its profile, and the profile is announced', async () => {
  const person = newcomer();
  await users.client.ReserveHandle(person);
  assert.equal(await users.announce(person), person.handle);
  await waitFor(() => createdFor(person.userId).length > 0, {
    timeoutMs: 20_000,
    description: 'UserCreated',
  });
  // The name is asked for, not announced.
  assert.deepEqual(createdFor(person.userId), [{ ...person, displayName: '' }]);
});

/** Puts a row of the outbox in again: the relay sends the same event, under its own id, a second time. */
async function sendAgain(row: object): Promise<void> {
  await users.database.query(
    `INSERT INTO outbox (id, topic, key, type, payload, headers)
     SELECT id, topic, key, type, payload, headers FROM json_populate_record(NULL::outbox, $1)`,
    [JSON.stringify(row)],
  );
}

/** Publishes an event and answers its row as it was in the outbox. */
async function publishKeepingRow(person: Registered): Promise<object> {
  return users.database.transaction(async (tx) => {
    await announceIn(tx, person);
    const [kept] = await tx.query<{ row: object }>(
      'SELECT row_to_json(o) AS row FROM outbox o WHERE key = $1',
      [person.userId],
    );
    return kept!.row;
  });
}

async function inOutbox(userId: string): Promise<boolean> {
  const rows = await users.database.query('SELECT FROM outbox WHERE key = $1', [userId]);
  return rows.length > 0;
}

test('an event delivered twice, under its own and under another id, makes one profile', async () => {
  const person = newcomer();
  const row = await publishKeepingRow(person);
  await handleOf(users.database, person.userId);
  await waitFor(async () => !(await inOutbox(person.userId)), { description: 'an empty outbox' });
  await sendAgain(row);
  await publish(users.database, person);
  // Once this later event of the same key is applied, the two before it have been as well.
  const last = await publishKeepingRow(person);
  const { id } = last as { id: string };
  await waitFor(
    async () =>
      (await users.database.query('SELECT FROM inbox WHERE message_id = $1', [id])).length > 0,
    { timeoutMs: 20_000, description: 'the last event in the inbox' },
  );
  const profiles = await users.database.query('SELECT FROM profiles WHERE user_id = $1', [
    person.userId,
  ]);
  assert.equal(profiles.length, 1);
  await waitFor(async () => !(await inOutbox(person.userId)), { description: 'an empty outbox' });
  await waitFor(() => createdFor(person.userId).length > 0, { timeoutMs: 20_000 });
  assert.equal(createdFor(person.userId).length, 1);
});

test('two sign-ups race for one handle: one wins, no orphan is left', async () => {
  const { handle } = newcomer();
  const people = [newcomer(handle), newcomer(handle)];
  const results = await Promise.allSettled(
    people.map((person) => users.client.ReserveHandle(person)),
  );
  const winner = people[results.findIndex(({ status }) => status === 'fulfilled')];
  const refused = results.find((result) => result.status === 'rejected');
  assert.equal((refused!.reason as { code: string }).code, 'handle_taken');
  assert.equal(await users.announce(winner!), handle);
  const loser = people.find((person) => person !== winner);
  const rows = await users.database.query('SELECT FROM handles WHERE user_id = $1', [
    loser!.userId,
  ]);
  assert.equal(rows.length, 0);
});

test('a reservation that lapsed is still confirmed while nobody took it', async () => {
  const person = newcomer();
  await users.client.ReserveHandle(person);
  await lapse(person.handle);
  assert.equal(await users.announce(person), person.handle);
});

test('whose handle was taken after the lapse gets it with an end of their own', async () => {
  const { handle } = newcomer();
  const [slow, quick] = [newcomer(handle), newcomer(handle)];
  await users.client.ReserveHandle(slow);
  await lapse(handle);
  await users.client.ReserveHandle(quick);
  assert.equal(await users.announce(quick), handle);
  const given = await users.announce(slow);
  assert.equal(given, `${handle}_${slow.userId.slice(-8)}`);
  await waitFor(() => createdFor(slow.userId).length > 0, { timeoutMs: 20_000 });
  assert.equal(createdFor(slow.userId)[0]!.handle, given);
});

test('even a foreign, living reservation does not leave a registered user without a profile', async () => {
  const { handle } = newcomer();
  const [registered, holder] = [newcomer(handle), newcomer(handle)];
  await users.client.ReserveHandle(holder);
  assert.equal(await users.announce(registered), `${handle}_${registered.userId.slice(-8)}`);
  assert.equal(await users.announce(holder), handle);
});

test('a message that can never be applied is set aside and does not hold up the next one', async () => {
  const person = newcomer();
  // Under one key, so that both take the same way.
  await users.database.transaction(async (tx) => {
    await announceIn(tx, { ...person, handle: 'No Handle' });
    await announceIn(tx, person);
  });
  assert.equal(await handleOf(users.database, person.userId), person.handle);
  const place = { group: 'users', topic: topics.identity.name };
  const letters = await listDeadLetters(kafka, place);
  assert.deepEqual(
    letters.map(({ key }) => key),
    [person.userId],
  );
});
