import type { Follower } from '@quayside/database';
import type { KafkaConnection } from '@quayside/messaging';
import { metrics } from '@quayside/telemetry';

/** What is promised while everything is there, in seconds. */
const BOUND_SECONDS = 1;

/**
 * Shows how long an access token may work on after its session ended: a second while Kafka and the notifications are
 * there, else until it expires by itself.
 */
export function showRevocationBound(
  kafka: KafkaConnection,
  follower: Follower,
  lifetimeSeconds: number,
): void {
  metrics.gauge(
    'gateway_revocation_bound_seconds',
    'How long an access token may work on after its session ended',
    [],
    async (gauge) => {
      const reached = await kafka.ping().then(
        () => true,
        () => false,
      );
      gauge.set(reached && follower.connected ? BOUND_SECONDS : lifetimeSeconds);
    },
  );
}
