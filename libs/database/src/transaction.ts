import type { PoolClient } from 'pg';
import { childLogger } from '@quayside/telemetry';
import type { Database } from './database';
import { DeadlineError, hasPassed } from './deadline';
import { isConnectionError, isStatementTimeout } from './errors';
import { Statements, type PlainValue } from './statements';

const log = childLogger({ component: 'database' });

/** Work inside one database transaction. */
export interface Transaction {
  /** The database that the transaction runs on. */
  readonly database: Database;
  /** Runs a statement and gives its rows. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same, parsed and planned once per connection under `name`: for hot statements. */
  prepared<Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]>;
  /**
   * The same for a write whose rows nobody needs. Need not be waited for: it then shares a round trip with what
   * follows, COMMIT included, and its failure fails the transaction. Throws at once when it cannot be sent.
   */
  send(name: string, text: string, values: PlainValue[]): Promise<void>;
  /** Runs `fn` once the commit is done; not at all after a rollback. What it throws is logged. */
  onCommit(fn: () => void): void;
}

/** Isolation levels of PostgreSQL. */
export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

/** How a transaction runs. */
export interface TransactionOptions {
  /** Default: READ COMMITTED. */
  isolation?: Isolation;
  /** The transaction is given up when this has passed; nothing of it is retried afterwards. */
  deadline?: Date;
  /** How often a serialization failure or deadlock is tried again; default 5. */
  retries?: number;
}

function runCallbacks(callbacks: (() => void)[]): void {
  for (const callback of callbacks) {
    try {
      callback();
    } catch (error) {
      log.error({ error }, 'A callback after a commit failed');
    }
  }
}

/** What the deadline did to a statement is a DeadlineError, however it showed. */
function named(error: unknown, deadline: Date | undefined): unknown {
  if (error instanceof DeadlineError || !hasPassed(deadline)) return error;
  const cutOff = isStatementTimeout(error) || isConnectionError(error);
  return cutOff ? new DeadlineError({ cause: error }) : error;
}

/** Runs `fn` between BEGIN and COMMIT on `client`; rolls back and rethrows when it rejects. */
export async function runTransaction<T>(
  client: PoolClient,
  database: Database,
  fn: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const statements = new Statements(client, options);
  const callbacks: (() => void)[] = [];
  let result: T;
  try {
    result = await fn({
      database,
      query: (text, values) => statements.run(values === undefined ? { text } : { text, values }),
      prepared: (name, text, values) => statements.run({ name, text, values }),
      send: (name, text, values) => statements.runLater({ name, text, values }),
      onCommit: (callback) => void callbacks.push(callback),
    });
    await statements.commit();
  } catch (error) {
    await statements.rollback();
    throw named(statements.reasonOf(error), options.deadline);
  }
  runCallbacks(callbacks);
  return result;
}
