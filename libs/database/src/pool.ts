import { childLogger } from '@quayside/telemetry';
import { Pool, type ClientConfig } from 'pg';
import { measurePool } from './metrics';
import { typeParsers } from './types';

const log = childLogger({ component: 'database' });

/** Milliseconds to wait for a free or a new connection before giving up. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Longest a statement without a deadline of its own may take. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A transaction whose program sits idle loses its locks after this. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** How much later than PostgreSQL itself we give up on a statement: the network may be gone. */
export const ANSWER_GRACE_MS = 1_000;

/** How every connection of this library is made. */
export function connectionConfig(url: string, applicationName: string): ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + ANSWER_GRACE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    options: '-c timezone=UTC',
    keepAlive: true,
    types: typeParsers,
  };
}

/** A pool whose state is on /metrics. */
export function createPool(url: string, applicationName: string, max: number): Pool {
  const pool = new Pool({
    ...connectionConfig(url, applicationName),
    // A statement is written to the socket without waiting for the answer to the one before: BEGIN costs no
    // round trip of its own.
    pipeline: true,
    max,
    idleTimeoutMillis: 60_000,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => log.warn({ error }, 'An idle database connection broke'));
  measurePool(pool, applicationName, max);
  return pool;
}
