import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

/** One message as a stranger to the services sees it. */
export interface TopicMessage {
  id: string;
  type: string;
  key: string;
  partition: number;
  offset: bigint;
}

/** Reads topics from their beginning until stopped; `messages` grows as they arrive. */
export async function readTopics(brokers: string, topics: readonly string[]) {
  const kafka = new Kafka({
    clientId: 'e2e',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
  });
  const consumer = kafka.consumer({ groupId: `e2e-${randomUUID()}`, maxWaitTimeInMs: 200 });
  const messages: TopicMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ partition, message }) => {
      messages.push({
        id: String(message.headers?.ce_id),
        type: String(message.headers?.ce_type),
        key: String(message.key),
        partition,
        offset: BigInt(message.offset),
      });
      return Promise.resolve();
    },
  });
  return { messages, stop: () => consumer.disconnect() };
}
