import { Client, type ClientConfig } from 'pg';
import { connectionConfig } from './pool';

/** What the session is for and how soon a dead one is noticed. */
export interface SessionOptions {
  /** Added to the application name in pg_stat_activity. */
  name: string;
  /** PostgreSQL ends the session, and so frees its locks, when it has been silent for so long. */
  idleTimeoutMs?: number;
  /** Longest a statement may take; default 30000. */
  statementTimeoutMs?: number;
}

/** One connection, held for as long as its owner needs what belongs to the session. */
export interface Session {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same, parsed and planned once. */
  prepared<Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]>;
  /** Calls `heard` for every notification of the channels that the session listens to. */
  onNotification(heard: (channel: string, payload: string) => void): void;
  /** Aborted when the connection has ended, for whatever reason. */
  readonly ended: AbortSignal;
  /** Ends the connection at once; a statement in flight is given up. */
  close(): Promise<void>;
}

// The server notices within seconds when the machine at the other end is gone without a word.
const KEEPALIVES =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3';

function sessionConfig(
  url: string,
  applicationName: string,
  { name, idleTimeoutMs = 0, statementTimeoutMs }: SessionOptions,
): ClientConfig {
  const config = connectionConfig(url, `${applicationName} ${name}`);
  return {
    ...config,
    options: `${config.options ?? ''} ${KEEPALIVES} -c idle_session_timeout=${idleTimeoutMs}`,
    ...(statementTimeoutMs !== undefined && {
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 1_000,
    }),
  };
}

/** Opens a connection that belongs to nobody else. Rejects when the database cannot be reached. */
export async function openSession(
  url: string,
  applicationName: string,
  options: SessionOptions,
): Promise<Session> {
  const client = new Client(sessionConfig(url, applicationName, options));
  const ending = new AbortController();
  client.on('error', (error) => ending.abort(error));
  client.on('end', () => ending.abort(new Error('The database connection has ended.')));
  await client.connect();
  return {
    query: async <Row extends object>(text: string, values?: unknown[]) =>
      (await client.query(text, values)).rows as Row[],
    prepared: async <Row extends object>(name: string, text: string, values: unknown[]) =>
      (await client.query({ name, text, values })).rows as Row[],
    onNotification: (heard) =>
      void client.on('notification', ({ channel, payload = '' }) => heard(channel, payload)),
    ended: ending.signal,
    close: async () => {
      ending.abort();
      await client.end();
    },
  };
}
