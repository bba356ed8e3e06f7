import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTopics, deadLetterTopic, topics, type ConsumerGroup } from '@quayside/contracts';
import { openDatabase, type Database } from '@quayside/database';
// The fixtures stand on libraries below this one, so there is no cycle.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { testBroker, testDatabase, type TestBroker, type TestDatabase } from '@quayside/testing';
import { Kafka, logLevel } from 'kafkajs';
import { createKafka, createTopics, type KafkaConnection, type OutboxEvent } from '../src/index';

// eslint-disable-next-line @nx/enforce-module-boundaries
export { waitFor } from '@quayside/testing';

/** The tables that every service has. */
export const schema = readFileSync(join(import.meta.dirname, '../schema.sql'), 'utf8');

/** How long a stop may take. */
export const STOP_MS = 5_000;

/** A database with outbox, inbox and a table of effects; a broker with every topic. */
export interface MessagingFixture {
  broker: TestBroker;
  kafka: KafkaConnection;
  stored: TestDatabase;
  database: Database;
  /** A further pool, as another process would have. */
  open(url?: string): Database;
  stop(): Promise<void>;
}

const EFFECTS = `
  CREATE TABLE effects (
    number bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL CHECK (name NOT LIKE '%refused%')
  );
  GRANT SELECT, INSERT ON effects TO {{runtime_role}};`;

export async function startMessaging(): Promise<MessagingFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-messaging-'));
  writeFileSync(join(folder, '0001_messaging.sql'), schema);
  writeFileSync(join(folder, '0002_effects.sql'), EFFECTS);
  const [broker, stored] = await Promise.all([testBroker(), testDatabase('messaging', folder)]);
  rmSync(folder, { recursive: true });
  await createTopics([broker.address], allTopics());
  const opened: Database[] = [];
  const open = (url = stored.url) => {
    const database = openDatabase({ url, applicationName: 'test', max: 5 });
    opened.push(database);
    return database;
  };
  return {
    broker,
    stored,
    open,
    database: open(),
    kafka: createKafka({ brokers: [broker.address], clientId: 'test' }),
    async stop() {
      await Promise.all(opened.map((database) => database.close()));
      await Promise.all([stored.drop(), broker.stop()]);
    },
  };
}

/** An event whose display name is `name`. */
export const userCreated = (
  name: string,
  key = 'a',
): OutboxEvent<'quayside.users.v1.UserCreated'> => ({
  type: 'quayside.users.v1.UserCreated',
  key,
  payload: { userId: key, handle: 'handle', displayName: name },
});

/** A group and a topic of a test's own, for events of the users topic, with its dead-letter topic. */
export async function ownGroup(
  { broker }: MessagingFixture,
  { deadLetters = true } = {},
): Promise<ConsumerGroup> {
  const id = randomUUID();
  const group = { group: `group-${id}`, topics: [{ ...topics.user, name: `topic-${id}` }] };
  const letters = { name: deadLetterTopicOf(group), partitions: 1, retentionMs: 1e9 };
  await createTopics([broker.address], deadLetters ? [...group.topics, letters] : group.topics);
  return group;
}

/** Where the dead letters of such a group are. */
export const placeOf = ({ group, topics: [topic] }: ConsumerGroup) => ({
  group,
  topic: topic!.name,
});
export const deadLetterTopicOf = (group: ConsumerGroup) =>
  deadLetterTopic(group.group, placeOf(group).topic);

/** A kafkajs client as somebody else's program would have one. */
export const foreignKafka = (address: string) =>
  new Kafka({ brokers: [address], clientId: 'foreign', logLevel: logLevel.NOTHING });

/** A message as it lies in a topic. */
export interface Seen {
  id: string;
  key: string;
  value: Buffer;
  headers: Record<string, string>;
}

/** Follows a topic from its beginning. */
export async function follow(address: string, topic: string) {
  const groupId = `reader-${randomUUID()}`;
  const consumer = foreignKafka(address).consumer({ groupId, maxWaitTimeInMs: 100 });
  const messages: Seen[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message: { key, value, headers: raw = {} } }) => {
      const headers = Object.fromEntries(
        Object.entries(raw).map(([name, text]) => [name, String(text)]),
      );
      const id = headers.ce_id ?? '';
      messages.push({ id, key: String(key), value: value ?? Buffer.alloc(0), headers });
      return Promise.resolve();
    },
  });
  return { messages, stop: () => consumer.disconnect() };
}
