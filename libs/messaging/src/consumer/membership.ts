import type { ConsumerGroup } from '@quayside/contracts';
import { withoutTracing } from '@quayside/telemetry';
import type { EachBatchPayload } from 'kafkajs';
import { openClient, type KafkaConnection } from '../kafka/connection';

/** Sizes and times of a member of a group, in milliseconds. */
export interface MemberSettings {
  /** A member that is silent for so long is taken for dead and its partitions go to others. */
  sessionTimeoutMs: number;
  heartbeatMs: number;
  /** How long a rebalance waits for members that are at work. */
  rebalanceTimeoutMs: number;
  /** How long the broker holds a fetch when there is nothing to read. */
  maxWaitMs: number;
  /** Partitions worked on at the same time. */
  concurrency: number;
  /** After so long without any sign of life the client is taken for stuck and replaced. */
  silentMs: number;
}

/** One life of a kafkajs consumer: from joining the group to its end. */
export interface Membership {
  /** Resolves with the reason when the client has crashed or has fallen silent. */
  readonly over: Promise<unknown>;
  /** Leaves the group and disconnects, within `timeoutMs`. */
  leave(timeoutMs: number): Promise<void>;
}

/**
 * Joins the group with a fresh client. Rejects when that cannot be begun; what happens afterwards, also a failure
 * to join, shows in `over`.
 */
export async function join(
  connection: KafkaConnection,
  { group, topics }: ConsumerGroup,
  settings: MemberSettings,
  eachBatch: (payload: EachBatchPayload) => Promise<void>,
  joined: () => void,
): Promise<Membership> {
  const client = openClient(connection);
  const consumer = client.kafka.consumer({
    groupId: group,
    sessionTimeout: settings.sessionTimeoutMs,
    heartbeatInterval: settings.heartbeatMs,
    rebalanceTimeout: settings.rebalanceTimeoutMs,
    maxWaitTimeInMs: settings.maxWaitMs,
    minBytes: 1,
    allowAutoTopicCreation: false,
    // kafkajs restarts a crashed consumer for some errors only; we do it for all, with a fresh client.
    retry: {
      initialRetryTime: 100,
      maxRetryTime: 1_000,
      retries: 5,
      restartOnFailure: () => Promise.resolve(false),
    },
  });
  let lastSign = Date.now();
  const sign = () => void (lastSign = Date.now());
  const { REQUEST, GROUP_JOIN, CRASH } = consumer.events;
  consumer.on(REQUEST, sign);
  consumer.on(GROUP_JOIN, joined);
  let watch: NodeJS.Timeout | undefined;
  const over = new Promise<unknown>((resolve) => {
    consumer.on(CRASH, ({ payload }) => resolve(payload.error));
    watch = setInterval(() => {
      if (Date.now() - lastSign < settings.silentMs) return;
      resolve(new Error(`The consumer has been silent for ${settings.silentMs} ms`));
    }, settings.silentMs / 10);
  });
  const leave = async (timeoutMs: number) => {
    clearInterval(watch);
    await client.close(consumer, timeoutMs);
  };
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: topics.map(({ name }) => name), fromBeginning: true });
    // Each event gets a span of its own where it is applied; the instrumentation's would only double it.
    await withoutTracing(() =>
      consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: settings.concurrency,
        eachBatch,
      }),
    );
    return { over, leave };
  } catch (error) {
    await leave(1_000);
    throw error;
  }
}
