import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Pool, PoolClient } from 'pg';
import { before } from './deadline';
import { isDeadlock, isSerializationFailure } from './errors';
import { countRetry, forgetPool } from './metrics';
import { createPool } from './pool';
import { openSession, type Session, type SessionOptions } from './session';
import { runTransaction, type Transaction, type TransactionOptions } from './transaction';

/** How a single statement runs. */
export interface QueryOptions {
  /** The statement is cancelled when this has passed. */
  deadline?: Date;
}

/** One service's database. */
export interface Database {
  readonly pool: Pool;
  /** Runs one statement on any connection and gives its rows. */
  query<Row extends object>(
    text: string,
    values?: unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
  /**
   * Runs `fn` in one transaction; serialization failures and deadlocks run it again, so it must have no effect
   * outside the transaction. Rejects as `fn` or PostgreSQL does, after a rollback; with a DeadlineError when the
   * deadline passes first. A connection error from the commit leaves open whether it was done.
   */
  transaction<T>(fn: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** A connection of its own beside the pool, for what belongs to a session: advisory locks, LISTEN. */
  session(options: SessionOptions): Promise<Session>;
  /** Rejects when the database does not answer within two seconds. */
  ping(): Promise<void>;
  /**
   * Closes every pooled connection; work that still runs is waited for, at most `timeoutMs` (default 5000), and
   * then cut off. Safe to call twice.
   */
  close(timeoutMs?: number): Promise<void>;
}

/** How to reach a database. */
export interface DatabaseOptions {
  /** Connection string. */
  url: string;
  /** Most connections at once; default 10. */
  max?: number;
  /** Shown by PostgreSQL in pg_stat_activity, and the pool's name in metrics. */
  applicationName: string;
}

const RETRIES = 5;
const PING_TIMEOUT_MS = 2_000;
const CLOSE_TIMEOUT_MS = 5_000;

// Grows from some milliseconds, with jitter so that two that collided do not meet again.
const msBeforeRetry = (attempt: number) => Math.random() * 10 * 2 ** attempt;

/** Runs `work` on a connection of the pool; a connection that is not as it was found does not go back. */
async function withClient<T>(
  pool: Pool,
  deadline: Date | undefined,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await before(deadline, pool.connect(), (late) => late.release());
  const broken: Error[] = [];
  const onError = (error: Error) => void broken.push(error);
  client.on('error', onError);
  try {
    return await work(client);
  } finally {
    client.off('error', onError);
    client.release(broken.length > 0 || client.getTransactionStatus() !== 'I');
  }
}

async function endPool(pool: Pool, clients: Set<PoolClient>, timeoutMs: number): Promise<void> {
  const timer = new AbortController();
  const inTime = pool.end().then(() => timer.abort());
  await Promise.race([
    inTime,
    pause(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined),
  ]);
  // What is left is in use by work that does not end. The pool types its clients without `end`, which they have.
  for (const client of clients) void (client as unknown as Client).end();
}

/** Opens a pool; the first connection is made at the first use. */
export function openDatabase({ url, max = 10, applicationName }: DatabaseOptions): Database {
  const pool = createPool(url, applicationName, max);
  const clients = new Set<PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  let closed: Promise<void> | undefined;

  async function transaction<T>(
    fn: (tx: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { deadline, retries = RETRIES } = options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await withClient(pool, deadline, (client) =>
          runTransaction(client, database, fn, options),
        );
      } catch (error) {
        if (!isSerializationFailure(error) || attempt >= retries) throw error;
        const pauseMs = msBeforeRetry(attempt);
        // What could begin again only after the deadline is not waited for.
        if (deadline && Date.now() + pauseMs >= deadline.getTime()) throw error;
        await pause(pauseMs);
        countRetry(applicationName, isDeadlock(error) ? 'deadlock' : 'serialization');
      }
    }
  }

  const database: Database = {
    pool,
    transaction,
    async query<Row extends object>(text: string, values?: unknown[], options: QueryOptions = {}) {
      if (options.deadline === undefined) {
        const { rows } = await pool.query(text, values);
        return rows as Row[];
      }
      return transaction((tx) => tx.query<Row>(text, values), options);
    },
    session: (options) => openSession(url, applicationName, options),
    ping: async () => {
      const deadline = new Date(Date.now() + PING_TIMEOUT_MS);
      await database.query('SELECT 1', undefined, { deadline });
    },
    close: (timeoutMs = CLOSE_TIMEOUT_MS) => {
      forgetPool(pool);
      return (closed ??= endPool(pool, clients, timeoutMs));
    },
  };
  return database;
}
