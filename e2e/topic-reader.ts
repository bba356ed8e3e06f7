import { randomUUID } from 'node:crypto';
// Loaded for what it mends in kafkajs: no timers in the past, of which Node 24 would warn.
import '@quayside/messaging';
import { waitFor } from '@quayside/testing';
import { Kafka, logLevel, type Consumer } from 'kafkajs';

/** One message as a stranger to the services sees it. */
export interface TopicMessage {
  topic: string;
  id: string;
  type: string;
  key: string;
  partition: number;
  offset: bigint;
  /** Its bytes. */
  value: Buffer;
}

const clientOf = (brokers: string) =>
  new Kafka({ clientId: 'e2e', brokers: brokers.split(','), logLevel: logLevel.NOTHING });

/** Reads topics from their beginning until stopped; `messages` grows as they arrive. */
export async function readTopics(brokers: string, topics: readonly string[]) {
  const kafka = clientOf(brokers);
  const groupId = `e2e-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
  const messages: TopicMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ topic, partition, message }) => {
      messages.push({
        topic,
        id: String(message.headers?.ce_id),
        type: String(message.headers?.ce_type),
        key: String(message.key),
        partition,
        offset: BigInt(message.offset),
        value: message.value ?? Buffer.alloc(0),
      });
      return Promise.resolve();
    },
  });
  return { messages, stop: () => stopReading(kafka, consumer, groupId) };
}

/** Leaves no group behind. */
async function stopReading(kafka: Kafka, consumer: Consumer, groupId: string): Promise<void> {
  await consumer.disconnect();
  const admin = kafka.admin();
  await admin.connect();
  // A broker that goes away meanwhile forgets an empty group by itself.
  await admin.deleteGroups([groupId]).catch(() => undefined);
  await admin.disconnect();
}

/** The offset behind the last message of each partition that has any, by `topic partition`. */
async function endsOf(brokers: string, topics: readonly string[]): Promise<Map<string, bigint>> {
  const admin = clientOf(brokers).admin();
  await admin.connect();
  try {
    const ends = new Map<string, bigint>();
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        if (BigInt(high) > BigInt(low)) ends.set(`${topic} ${partition}`, BigInt(high));
      }
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
}

/** The messages that topics hold now. Rejects when they cannot be read in `timeoutMs` (default one minute). */
export async function readToEnd(
  brokers: string,
  topics: readonly string[],
  timeoutMs = 60_000,
): Promise<TopicMessage[]> {
  const ends = await endsOf(brokers, topics);
  if (ends.size === 0) return [];
  const reader = await readTopics(brokers, topics);
  let read = 0;
  try {
    await waitFor(
      () => {
        for (const { topic, partition, offset } of reader.messages.slice(read)) {
          const place = `${topic} ${partition}`;
          if (offset + 1n >= (ends.get(place) ?? 0n)) ends.delete(place);
        }
        read = reader.messages.length;
        return ends.size === 0;
      },
      { timeoutMs, description: `the end of ${[...ends.keys()].join(', ')}` },
    );
    return reader.messages;
  } finally {
    await reader.stop();
  }
}
