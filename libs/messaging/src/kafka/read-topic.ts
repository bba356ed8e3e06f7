import { randomUUID } from 'node:crypto';
import { withoutTracing } from '@quayside/telemetry';
import type { Admin, EachMessagePayload, Kafka } from 'kafkajs';
import { within } from '../bounded';
import { openClient, type KafkaClient, type KafkaConnection } from './connection';

const READ_TIMEOUT_MS = 30_000;

/** The next offset of each partition that has messages. */
async function ends(admin: Admin, topic: string): Promise<Map<number, bigint>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(
    offsets
      .filter(({ low, high }) => BigInt(high) > BigInt(low))
      .map(({ partition, high }) => [partition, BigInt(high)]),
  );
}

async function readUntil(
  kafka: Kafka,
  groupId: string,
  topic: string,
  end: Map<number, bigint>,
): Promise<{ messages: EachMessagePayload[]; leave: () => Promise<void> }> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, allowAutoTopicCreation: false });
  const messages: EachMessagePayload[] = [];
  const open = new Map(end);
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    const eachMessage = (payload: EachMessagePayload) => {
      const { partition, message } = payload;
      const last = end.get(partition) ?? 0n;
      if (BigInt(message.offset) < last) messages.push(payload);
      if (BigInt(message.offset) >= last - 1n) open.delete(partition);
      if (open.size === 0) resolve();
      return Promise.resolve();
    };
    withoutTracing(() => consumer.run({ autoCommit: false, eachMessage })).catch(reject);
  });
  return { messages, leave: () => consumer.disconnect() };
}

async function readAll(client: KafkaClient, admin: Admin, topic: string) {
  const end = await ends(admin, topic);
  if (end.size === 0) return [];
  // A group of its own that commits nothing: reading changes nothing for anybody.
  const groupId = `read-${topic}-${randomUUID()}`;
  const { messages, leave } = await readUntil(client.kafka, groupId, topic, end);
  await leave();
  await admin.deleteGroups([groupId]).catch(() => undefined);
  return messages.sort((one, other) =>
    one.partition === other.partition
      ? Number(BigInt(one.message.offset) - BigInt(other.message.offset))
      : one.partition - other.partition,
  );
}

/** Every message that the topic has now, by partition and offset. For topics that are read by people, not by load. */
export async function readTopic(
  connection: KafkaConnection,
  topic: string,
): Promise<EachMessagePayload[]> {
  const client = openClient(connection);
  const admin = client.kafka.admin();
  try {
    await admin.connect();
    return await within(READ_TIMEOUT_MS, `Reading ${topic}`, readAll(client, admin, topic));
  } finally {
    await client.close(admin);
  }
}
