import { withoutTracing } from '@quayside/telemetry';
import { Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { within } from '../bounded';
import { openClient, type KafkaClient, type KafkaConnection } from './connection';

/** Sends, and waits until every in-sync replica has the messages. */
export interface Sender {
  /** Rejects when it is not known that all were accepted; then some may have been. */
  send(topicMessages: TopicMessages[]): Promise<void>;
  /** Ends the connection, within a second; a send in flight is given up. */
  close(): Promise<void>;
}

const ALL_IN_SYNC_REPLICAS = -1;
const BROKER_TIMEOUT_MS = 5_000;
/** Longest one send may take altogether, connecting included. */
const SEND_TIMEOUT_MS = 10_000;

interface Connected {
  client: KafkaClient;
  producer: Producer;
}

async function connectProducer(connection: KafkaConnection): Promise<Connected> {
  const client = openClient(connection);
  const producer = client.kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    // Not kafkajs's idempotent mode: after a failed send it can reuse a sequence number for other messages, which
    // the broker then takes for duplicates and drops.
    idempotent: false,
    maxInFlightRequests: 1,
    // Whoever sends decides about trying again, and does so on a fresh producer.
    retry: { retries: 0 },
  });
  try {
    await producer.connect();
    return { client, producer };
  } catch (error) {
    await client.close(producer);
    throw error;
  }
}

/** A producer that is replaced by a fresh one after every rejected send. Send one thing at a time. */
export function createSender(connection: KafkaConnection): Sender {
  let connected: Promise<Connected> | undefined;

  const discard = async () => {
    const old = connected;
    connected = undefined;
    // One that never connected has nothing to close.
    await old?.then(({ client, producer }) => client.close(producer)).catch(() => undefined);
  };

  async function sendOnce(topicMessages: TopicMessages[]): Promise<void> {
    connected ??= connectProducer(connection);
    const { producer } = await connected;
    await producer.sendBatch({
      topicMessages,
      acks: ALL_IN_SYNC_REPLICAS,
      timeout: BROKER_TIMEOUT_MS,
    });
  }

  return {
    send: async (topicMessages) => {
      try {
        // The messages carry their spans; the instrumentation's own would only double them.
        await within(
          SEND_TIMEOUT_MS,
          'Sending to Kafka',
          withoutTracing(() => sendOnce(topicMessages)),
        );
      } catch (error) {
        void discard();
        throw error;
      }
    },
    close: discard,
  };
}
