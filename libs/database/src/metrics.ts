import { metrics } from '@quayside/telemetry';
import type { Pool } from 'pg';

interface Measured {
  pool: Pool;
  max: number;
}

// Gauges are read when they are scraped, from the pools that are open then; of two of one name, the last.
const open = new Map<string, Measured>();

const POOL = 'db_client_connection_pool_name';
const STATE = 'db_client_connection_state';

/** Puts a pool's state on /metrics until it is forgotten. Names: OpenTelemetry semantic conventions. */
export function measurePool(pool: Pool, name: string, max: number): void {
  open.set(name, { pool, max });
  metrics.gauge(
    'db_client_connection_count',
    'Database connections by state',
    [POOL, STATE],
    (gauge) => {
      gauge.reset();
      for (const [pool_name, { pool }] of open) {
        gauge.set({ [POOL]: pool_name, [STATE]: 'idle' }, pool.idleCount);
        gauge.set({ [POOL]: pool_name, [STATE]: 'used' }, pool.totalCount - pool.idleCount);
      }
    },
  );
  metrics.gauge('db_client_connection_max', 'Most connections of the pool', [POOL], (gauge) => {
    gauge.reset();
    for (const [pool_name, { max }] of open) gauge.set({ [POOL]: pool_name }, max);
  });
  metrics.gauge(
    'db_client_connection_pending_requests',
    'Requests that wait for a database connection',
    [POOL],
    (gauge) => {
      gauge.reset();
      for (const [pool_name, { pool }] of open) {
        gauge.set({ [POOL]: pool_name }, pool.waitingCount);
      }
    },
  );
}

/** Takes a closed pool off /metrics. */
export function forgetPool(pool: Pool): void {
  for (const [name, measured] of open) {
    if (measured.pool === pool) open.delete(name);
  }
}

const retries = metrics.counter(
  'db_client_transaction_retries_total',
  'Transactions run again because they lost against another, by reason: deadlock or serialization',
  [POOL, 'reason'],
);

/** Counts a transaction that is run again. */
export const countRetry = (pool: string, reason: 'deadlock' | 'serialization'): void =>
  retries.inc({ [POOL]: pool, reason });
