import { metrics } from '@quayside/telemetry';

/** What became of a message. */
export type Outcome = 'applied' | 'duplicate' | 'ignored' | 'dead_letter';

// Names of the OpenTelemetry semantic conventions for messaging.
const GROUP = 'messaging_consumer_group_name';
const TOPIC = 'messaging_destination_name';
const PARTITION = 'messaging_destination_partition_id';

/** What /metrics says about one consumer group. */
export interface ConsumerMetrics {
  consumed(topic: string, outcome: Outcome, count: number): void;
  /** One transaction of one or more events, in seconds; `error` is its code. */
  processed(topic: string, seconds: number, error?: string): void;
  lag(topic: string, partition: number, messages: number): void;
  /** Whether a batch waits for a database, broker or service that is away. */
  waiting(topic: string, waiting: boolean): void;
  restarted(): void;
}

/** The metrics of a group. */
export function consumerMetrics(group: string): ConsumerMetrics {
  const consumed = metrics.counter(
    'messaging_client_consumed_messages_total',
    'Messages by what became of them',
    [GROUP, TOPIC, 'outcome'],
  );
  const duration = metrics.histogram(
    'messaging_process_duration_seconds',
    'Time of one transaction that applies events',
    [GROUP, TOPIC, 'error_type'],
  );
  const lag = metrics.gauge('messaging_consumer_lag', 'Messages not yet consumed', [
    GROUP,
    TOPIC,
    PARTITION,
  ]);
  const waiting = metrics.gauge(
    'messaging_consumer_waiting',
    'Partitions that wait for something that is away',
    [GROUP, TOPIC],
  );
  const restarts = metrics.counter('messaging_consumer_restarts_total', 'Restarts of consumers', [
    GROUP,
  ]);
  return {
    consumed: (topic, outcome, count) => {
      if (count > 0) consumed.inc({ [GROUP]: group, [TOPIC]: topic, outcome }, count);
    },
    processed: (topic, seconds, error = '') =>
      duration.observe({ [GROUP]: group, [TOPIC]: topic, error_type: error }, seconds),
    lag: (topic, partition, messages) =>
      lag.set({ [GROUP]: group, [TOPIC]: topic, [PARTITION]: String(partition) }, messages),
    waiting: (topic, begins) => waiting.inc({ [GROUP]: group, [TOPIC]: topic }, begins ? 1 : -1),
    restarted: () => restarts.inc({ [GROUP]: group }),
  };
}
