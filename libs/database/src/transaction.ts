import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { childLogger } from '@quayside/telemetry';
import type { Database } from './database';
import { DeadlineError, hasPassed, millisecondsLeft } from './deadline';
import { isConnectionError, isStatementTimeout } from './errors';
import { ANSWER_GRACE_MS } from './pool';

const log = childLogger({ component: 'database' });

/** Work inside one database transaction. */
export interface Transaction {
  /** The database that the transaction runs on. */
  readonly database: Database;
  /** Runs a statement and gives its rows. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same, parsed and planned once per connection under `name`: for hot statements. */
  prepared<Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]>;
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

/** PostgreSQL took the COMMIT for a ROLLBACK, because a statement had failed and the error was swallowed. */
class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
  constructor() {
    super('Nothing was committed: a statement of the transaction had failed before.');
  }
}

/** The statements of one transaction on one connection. */
class Statements {
  private begun: Promise<unknown> | undefined;
  /** Milliseconds of the statement_timeout in force. */
  private limitMs = Infinity;

  constructor(
    private readonly client: PoolClient,
    private readonly options: TransactionOptions,
  ) {}

  /** Runs a statement; the first one carries BEGIN along in the same flight. */
  async run<Row extends object>(config: QueryConfig): Promise<Row[]> {
    this.begin();
    const result = await this.send(config);
    return result.rows as Row[];
  }

  /** Ends the transaction; free when no statement ran. */
  async commit(): Promise<void> {
    if (this.begun === undefined) return;
    await this.begun;
    const { command } = await this.send({ text: 'COMMIT' });
    if (command !== 'COMMIT') throw new RolledBackError();
  }

  /** Never rejects: when this fails the connection is broken, and why it came to that matters more. */
  async rollback(): Promise<void> {
    if (this.begun === undefined) return;
    await this.client.query('ROLLBACK').catch(() => undefined);
  }

  private begin(): void {
    if (this.begun === undefined) {
      const { isolation } = this.options;
      const begin = isolation === undefined ? 'BEGIN' : `BEGIN ISOLATION LEVEL ${isolation}`;
      this.begun = this.client.query(begin + this.limit());
    } else if (this.limitIsLoose()) {
      this.begun = this.client.query(this.limit().slice(1));
    } else return;
    // Its failure shows in the statement behind it, and at the latest at commit.
    this.begun.catch(() => undefined);
  }

  // PostgreSQL limits each statement, not the transaction: as time goes by the limit is set anew, rarely enough
  // to cost little and often enough that no statement runs longer than twice what is left.
  private limitIsLoose(): boolean {
    const { deadline } = this.options;
    return deadline !== undefined && deadline.getTime() - Date.now() < this.limitMs / 2;
  }

  private limit(): string {
    if (this.options.deadline === undefined) return '';
    this.limitMs = millisecondsLeft(this.options.deadline);
    return `;SET LOCAL statement_timeout = ${this.limitMs}`;
  }

  private send(config: QueryConfig): Promise<QueryResult<QueryResultRow>> {
    const { deadline } = this.options;
    if (deadline === undefined) return this.client.query(config);
    // For a server that does not answer at all: the connection is then destroyed.
    const query_timeout = millisecondsLeft(deadline) + ANSWER_GRACE_MS;
    return this.client.query({ ...config, query_timeout } as QueryConfig);
  }
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
      onCommit: (callback) => void callbacks.push(callback),
    });
    await statements.commit();
  } catch (error) {
    await statements.rollback();
    throw named(error, options.deadline);
  }
  runCallbacks(callbacks);
  return result;
}
