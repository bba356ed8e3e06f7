import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { millisecondsLeft } from './deadline';
import { isConnectionError, isSerializationFailure } from './errors';
import { createPool } from './pool';
import { runTransaction, type Transaction, type TransactionOptions } from './transaction';

/** How a single statement runs. */
export interface QueryOptions {
  /** The statement is cancelled when this has passed. */
  deadline?: Date;
}

/** One service's database. */
export interface Database {
  pool: Pool;
  /** Runs one statement on any connection and gives its rows. */
  query<Row extends object>(
    text: string,
    values?: unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
  /**
   * Runs `fn` in one transaction; serialization failures and deadlocks run it again, so it must have
   * no effect outside the transaction. Rejects as `fn` or PostgreSQL does, after a rollback.
   */
  transaction<T>(fn: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Rejects when the database cannot answer. */
  ping(): Promise<void>;
  /** Waits for running work and closes every connection. */
  close(): Promise<void>;
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

/** Grows from some milliseconds, with jitter so that two that collided do not meet again. */
const pauseBeforeRetry = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));

/** Opens a pool; the first connection is made at the first use. */
export function openDatabase({ url, max = 10, applicationName }: DatabaseOptions): Database {
  const pool = createPool({ connectionString: url, max, applicationName });

  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | boolean = false;
    const onError = (error: Error) => (broken = error);
    client.on('error', onError);
    try {
      return await work(client);
    } catch (error) {
      broken ||= isConnectionError(error);
      throw error;
    } finally {
      client.off('error', onError);
      // A broken connection never returns to the pool.
      client.release(broken);
    }
  }

  async function transaction<T>(
    fn: (tx: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await withClient((client) => runTransaction(client, fn, options));
      } catch (error) {
        if (!isSerializationFailure(error) || attempt >= (options.retries ?? RETRIES)) throw error;
        if (options.deadline) millisecondsLeft(options.deadline);
        await pauseBeforeRetry(attempt);
      }
    }
  }

  async function query<Row extends object>(
    text: string,
    values?: unknown[],
    { deadline }: QueryOptions = {},
  ): Promise<Row[]> {
    if (deadline === undefined)
      return (await pool.query<QueryResultRow>(text, values)).rows as Row[];
    return transaction((tx) => tx.query<Row>(text, values), { deadline });
  }

  return {
    pool,
    query,
    transaction,
    ping: async () => void (await pool.query('SELECT 1')),
    close: () => pool.end(),
  };
}
