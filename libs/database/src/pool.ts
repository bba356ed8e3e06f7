import { childLogger, metrics } from '@quayside/telemetry';
import { Pool, types, type PoolConfig } from 'pg';

const INT8 = 20; // its OID in pg_type
types.setTypeParser(INT8, BigInt);

const log = childLogger({ component: 'database' });

/** Milliseconds to wait for a free or a new connection before giving up. */
const CONNECT_TIMEOUT_MS = 5_000;

/** A pool whose state is on /metrics. int8 comes as bigint. */
export function createPool(config: PoolConfig & { applicationName: string }): Pool {
  const { applicationName, ...rest } = config;
  const pool = new Pool({
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...rest,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => log.warn({ error }, 'An idle database connection broke'));
  measurePool(pool, applicationName);
  return pool;
}

function measurePool(pool: Pool, name: string): void {
  // Names of the OpenTelemetry semantic conventions for database clients.
  const connections = metrics.gauge('db_client_connection_count', 'Database connections by state', [
    'pool',
    'state',
  ]);
  const waiting = metrics.gauge(
    'db_client_connection_pending_requests',
    'Requests waiting for a database connection',
    ['pool'],
  );
  const update = () => {
    connections.set({ pool: name, state: 'idle' }, pool.idleCount);
    connections.set({ pool: name, state: 'used' }, pool.totalCount - pool.idleCount);
    waiting.set({ pool: name }, pool.waitingCount);
  };
  for (const event of ['connect', 'acquire', 'release', 'remove'] as const) pool.on(event, update);
}
