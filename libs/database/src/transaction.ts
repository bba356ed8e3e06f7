import type { PoolClient, QueryResultRow } from 'pg';
import { millisecondsLeft } from './deadline';

/** Work inside one database transaction. */
export interface Transaction {
  /** Runs a statement and gives its rows. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same, parsed and planned once per connection under `name`: for hot statements. */
  prepared<Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]>;
  /** Runs `fn` after the commit; not at all after a rollback. */
  onCommit(fn: () => void): void;
}

/** Isolation levels of PostgreSQL. */
export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

/** How a transaction runs. */
export interface TransactionOptions {
  /** Default: READ COMMITTED. */
  isolation?: Isolation;
  /** No statement runs longer than this leaves; a retry does not start after it. */
  deadline?: Date;
  /** How often a serialization failure or deadlock is tried again; default 5. */
  retries?: number;
}

function beginStatement({ isolation, deadline }: TransactionOptions): string {
  const begin = isolation === undefined ? 'BEGIN' : `BEGIN ISOLATION LEVEL ${isolation}`;
  if (deadline === undefined) return begin;
  // One simple query of two statements: the limit costs no round trip of its own.
  return `${begin}; SET LOCAL statement_timeout = ${millisecondsLeft(deadline)}`;
}

function workOn(client: PoolClient, committed: (() => void)[]): Transaction {
  const query = async <Row extends object>(text: string, values?: unknown[]) =>
    (await client.query<QueryResultRow>(text, values)).rows as Row[];
  const prepared = async <Row extends object>(name: string, text: string, values: unknown[]) =>
    (await client.query<QueryResultRow>({ name, text, values })).rows as Row[];
  return { query, prepared, onCommit: (fn) => void committed.push(fn) };
}

/** Runs `fn` between BEGIN and COMMIT on `client`; rolls back and rethrows when it rejects. */
export async function runTransaction<T>(
  client: PoolClient,
  fn: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const committed: (() => void)[] = [];
  let result: T;
  try {
    await client.query(beginStatement(options));
    result = await fn(workOn(client, committed));
    await client.query('COMMIT');
  } catch (error) {
    // When even this fails the connection is broken; what matters is why it came to that.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  for (const run of committed) run();
  return result;
}
