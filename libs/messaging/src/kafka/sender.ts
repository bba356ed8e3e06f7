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

interface Line {
  client: KafkaClient;
  producer: Producer;
  connected: Promise<void>;
}

function openLine(connection: KafkaConnection): Line {
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
  return { client, producer, connected: producer.connect() };
}

/** A producer that is replaced by a fresh one after every rejected send. Send one thing at a time. */
export function createSender(connection: KafkaConnection): Sender {
  let line: Line | undefined;

  const hangUp = async () => {
    const old = line;
    line = undefined;
    await old?.client.close(old.producer);
  };

  async function sendOnce(topicMessages: TopicMessages[]): Promise<void> {
    const { connected, producer } = (line ??= openLine(connection));
    await connected;
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
        void hangUp();
        throw error;
      }
    },
    close: hangUp,
  };
}
