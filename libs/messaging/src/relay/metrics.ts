import type { Session } from '@quayside/database';
import { metrics } from '@quayside/telemetry';

/** What /metrics says about the outbox. */
export interface RelayMetrics {
  /** Rows that the broker has accepted, and how long the send took in seconds. */
  sent(rows: { topic: string }[], seconds: number): void;
  sendFailed(): void;
  /** Looks at the outbox if that was not done in the last seconds. */
  measure(session: Session): Promise<void>;
  /** The outbox was found empty. */
  empty(): void;
  /** Another relay is the active one: it reports. */
  standby(): void;
}

const MEASURE_EVERY_MS = 2_000;
/** Counting stops here: a broker that is down must not make the count itself a load. */
const MOST_COUNTED = 100_000;

const measureSql = `
SELECT (SELECT count(*) FROM (SELECT FROM outbox LIMIT ${MOST_COUNTED}) AS counted) AS depth,
       (SELECT created_at FROM outbox ORDER BY position LIMIT 1) AS oldest`;

// One process has one service and one outbox; the age grows from scrape to scrape, also while nothing is measured.
let oldest: Date | null = null;

/** Depth and age of the outbox and what the relay does. */
export function relayMetrics(): RelayMetrics {
  const depth = metrics.gauge('outbox_depth', `Unsent events, counted up to ${MOST_COUNTED}`);
  metrics.gauge('outbox_oldest_age_seconds', 'Age of the oldest unsent event', [], (gauge) =>
    gauge.set(oldest === null ? 0 : Math.max(0, (Date.now() - oldest.getTime()) / 1000)),
  );
  const active = metrics.gauge(
    'outbox_relay_active',
    '1 where the active relay of the database is',
  );
  const messages = metrics.counter(
    'messaging_client_sent_messages_total',
    'Events that Kafka accepted',
    ['messaging_destination_name'],
  );
  const failures = metrics.counter('outbox_send_failures_total', 'Sends that Kafka did not accept');
  const duration = metrics.histogram(
    'messaging_client_operation_duration_seconds',
    'Time of one send of a batch of events',
  );
  let measuredAt = 0;

  const set = (count: number, created: Date | null) => {
    depth.set(count);
    oldest = created;
    measuredAt = Date.now();
  };
  return {
    sent: (rows, seconds) => {
      duration.observe(seconds);
      for (const { topic } of rows) messages.inc({ messaging_destination_name: topic });
    },
    sendFailed: () => failures.inc(),
    measure: async (session) => {
      active.set(1);
      if (Date.now() - measuredAt < MEASURE_EVERY_MS) return;
      const [row] = await session.query<{ depth: bigint; oldest: Date | null }>(measureSql);
      set(Number(row?.depth ?? 0), row?.oldest ?? null);
    },
    empty: () => set(0, null),
    standby: () => {
      active.set(0);
      set(0, null);
    },
  };
}
