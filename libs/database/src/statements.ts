import type { Duplex } from 'node:stream';
import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { millisecondsLeft } from './deadline';
import { isInFailedTransaction } from './errors';
import { ANSWER_GRACE_MS } from './pool';
import type { TransactionOptions } from './transaction';

/** What pg can always put on the wire: a value that fails there would be missed by a COMMIT sent behind it. */
export type PlainValue =
  string | number | bigint | boolean | Date | Buffer | null | readonly PlainValue[];

const texts = new Map<string, string>();

// pg refuses the second text of a name only when a connection meets both, and after what follows was sent.
function claimName({ name, text }: QueryConfig): void {
  if (name === undefined) return;
  if (text !== (texts.get(name) ?? text)) {
    throw new Error(`Two statements are named ${name}. Rename one.`);
  }
  texts.set(name, text);
}

/** What is sent in one turn of the event loop leaves in one write: each is a system call, and wakes the server. */
function leaveTogether(client: PoolClient): void {
  // Not in pg's types; pg itself corks it for the messages of one statement.
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** PostgreSQL took the COMMIT for a ROLLBACK, because a statement had failed and the error was swallowed. */
class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
  constructor() {
    super('Nothing was committed: a statement of the transaction had failed before.');
  }
}

/** The statements of one transaction on one connection. */
export class Statements {
  private begun: Promise<unknown> | undefined;
  /** Milliseconds of the statement_timeout in force. */
  private limitMs = Infinity;
  /** Writes that were not waited for. */
  private readonly sent: Promise<unknown>[] = [];
  /** The first failure: what fails behind it only says that something had failed. */
  private failure: unknown;

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

  /** Runs a statement that commit waits for, if nobody else does. Throws at once when it could not even be sent. */
  runLater(config: QueryConfig & { name: string; values: PlainValue[] }): Promise<void> {
    this.begin();
    const done = this.send(config).then(() => undefined);
    done.catch(() => undefined);
    this.sent.push(done);
    return done;
  }

  /** Ends the transaction; free when no statement ran. */
  async commit(): Promise<void> {
    if (this.begun === undefined) return;
    // In the same flight as what was sent last. When that fails, PostgreSQL takes this for a ROLLBACK.
    const commit = this.send({ text: 'COMMIT' });
    await Promise.all([this.begun, ...this.sent]);
    const { command } = await commit;
    if (command !== 'COMMIT') throw new RolledBackError();
  }

  /** Why the transaction failed: `error`, unless that only says that it had failed before. */
  reasonOf(error: unknown): unknown {
    return this.failure !== undefined && isInFailedTransaction(error) ? this.failure : error;
  }

  /** Never rejects: when this fails the connection is broken, and why it came to that matters more. */
  async rollback(): Promise<void> {
    if (this.begun === undefined) return;
    await this.client.query('ROLLBACK').catch(() => undefined);
  }

  private begin(): void {
    leaveTogether(this.client);
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
    claimName(config);
    leaveTogether(this.client);
    // For a server that does not answer at all: the connection is then destroyed.
    const limit = deadline && { query_timeout: millisecondsLeft(deadline) + ANSWER_GRACE_MS };
    const answer = this.client.query<QueryResultRow>({ ...config, ...limit } as QueryConfig);
    // Also marks it as handled: whoever waits for an earlier statement hears of that one's failure only.
    answer.catch((error: unknown) => (this.failure ??= error));
    return answer;
  }
}
