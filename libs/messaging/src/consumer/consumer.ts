import type { ConsumerGroup } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import { childLogger } from '@quayside/telemetry';
import { backoffMs, pause, within } from '../bounded';
import type { ConsumerHandlers } from '../events/received';
import type { KafkaConnection } from '../kafka/connection';
import { createSender } from '../kafka/sender';
import { createOutage } from '../outage';
import { keepInboxClean } from './inbox';
import { join, type Membership, type MemberSettings } from './membership';
import { consumerMetrics } from './metrics';
import { partitionWorker } from './partition';

/** Applies the events of a group's topics. */
export interface Consumer {
  /** Begins in the background; database and broker may be away. */
  start(): void;
  /** Finishes the transaction at work and leaves the group, within `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

/** What a consumer stands on. */
export interface ConsumerOptions extends Partial<MemberSettings> {
  kafka: KafkaConnection;
  database: Database;
  group: ConsumerGroup;
  handlers: ConsumerHandlers;
  /** Most events in one transaction; default 100. */
  batchSize?: number;
}

const defaults: MemberSettings = {
  sessionTimeoutMs: 10_000,
  heartbeatMs: 2_000,
  rebalanceTimeoutMs: 30_000,
  maxWaitMs: 500,
  concurrency: 3,
  silentMs: 60_000,
};
const BACKOFF = { firstMs: 200, maxMs: 3_000 };

/**
 * A member of a consumer group. Events are applied in order per partition, each in a transaction together with its
 * inbox row, so that what is delivered twice is applied once. A database or broker that is away is waited for, with
 * heartbeats and without limit; a message that cannot be read or is refused for good goes to the dead-letter topic.
 */
export function createConsumer(options: ConsumerOptions): Consumer {
  const { kafka, database, group, handlers, batchSize = 100 } = options;
  const settings: MemberSettings = { ...defaults, ...given(options) };
  const log = childLogger({ component: 'consumer', group: group.group });
  const metrics = consumerMetrics(group.group);
  const outage = createOutage(log, 'The consumer cannot use Kafka');
  const stopping = new AbortController();
  const sender = createSender(kafka);
  let running: Promise<void> | undefined;
  let member: Membership | undefined;

  const eachBatch = partitionWorker({
    group,
    database,
    handlers,
    sender,
    metrics,
    log,
    batchSize,
    heartbeatMs: settings.heartbeatMs,
    signal: stopping.signal,
  });
  const stopRequested = new Promise<undefined>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

  async function live(joined: () => void): Promise<void> {
    member = await join(kafka, group, settings, eachBatch, joined);
    const reason = await Promise.race([member.over, stopRequested]);
    if (stopping.signal.aborted) return;
    await member.leave(LEAVE_TIMEOUT_MS);
    throw reason instanceof Error ? reason : new Error('The consumer ended');
  }

  async function run(): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      const joined = () => {
        outage.recovered();
        attempt = 1;
      };
      try {
        await live(joined);
      } catch (error) {
        outage.failed(error);
        metrics.restarted();
        await pause(backoffMs(attempt, BACKOFF.firstMs, BACKOFF.maxMs), stopping.signal);
      }
    }
  }

  return {
    start() {
      if (running) return;
      keepInboxClean(database, group.group, longestRetention(group), stopping.signal);
      running = run();
    },
    async stop(timeoutMs) {
      stopping.abort();
      const until = Date.now() + timeoutMs;
      await within(timeoutMs, 'Stopping the consumer', running ?? Promise.resolve()).catch(
        (error: unknown) => log.warn({ error }, 'The consumer was cut off'),
      );
      await Promise.all([member?.leave(Math.max(1, until - Date.now())), sender.close()]);
    },
  };
}

const LEAVE_TIMEOUT_MS = 5_000;

const longestRetention = ({ topics }: ConsumerGroup): number =>
  Math.max(...topics.map(({ retentionMs }) => retentionMs));

/** The settings that the options give; one that is undefined leaves the default. */
function given(options: Partial<MemberSettings>): Partial<MemberSettings> {
  const names = Object.keys(defaults) as (keyof MemberSettings)[];
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}
