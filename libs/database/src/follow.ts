import { setTimeout as pause } from 'node:timers/promises';
import { childLogger, metrics } from '@quayside/telemetry';
import { escapeIdentifier } from 'pg';
import type { Database } from './database';
import type { Session } from './session';

const log = childLogger({ component: 'database' });

/**
 * Reads what is new. Runs when the connection is there, after notifications and after every reconnect, never twice at
 * once. `payloads` are those of the notifications since the last run; undefined: anything may have been missed.
 * A rejection makes the connection anew, so that everything is read again.
 */
export type Reader = (payloads: readonly string[] | undefined) => Promise<void> | void;

/** How a dead connection is noticed. */
export interface FollowOptions {
  /** Milliseconds of silence after which the server is asked whether it is there; default 5000. */
  heartbeatMs?: number;
}

/** Something that follows channels until it is stopped. */
export interface Follower {
  /** Resolves when every channel has been read once. */
  readonly ready: Promise<void>;
  /** Whether a notification would be heard now. */
  readonly connected: boolean;
  /** Ends the connection. Never rejects. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 4_000;

/** One channel: its notifications are collected while its reader is at work. */
function createPump(read: Reader, failed: (error: unknown) => void) {
  let waiting: string[] | undefined = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    try {
      while (waiting === undefined || waiting.length > 0) {
        const payloads = waiting;
        waiting = [];
        await read(payloads);
      }
    } catch (error) {
      failed(error);
      throw error;
    } finally {
      // Here and not later: what is heard from now on starts the next run.
      running = undefined;
    }
  }

  const start = () => (running ??= run());
  return {
    heard(payload: string) {
      waiting?.push(payload);
      start().catch(() => undefined);
    },
    readAgain() {
      waiting = undefined;
      return start();
    },
  };
}

/** Rejects with the signal's reason once it is aborted. */
function rejectedBy(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_, reject) => {
    const refuse = () => reject(signal.reason as Error);
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true });
  });
  rejected.catch(() => undefined);
  return rejected;
}

async function keepAlive(session: Session, heartbeatMs: number, signal: AbortSignal) {
  for (;;) {
    await pause(heartbeatMs, undefined, { signal });
    await session.query('SELECT 1');
  }
}

/**
 * Follows channels of LISTEN/NOTIFY on one connection of its own: what one replica writes and announces, all read.
 * Notifications are hints and may be lost with the connection; the table that the readers read is the truth.
 */
export function follow(
  database: Database,
  readers: Record<string, Reader>,
  { heartbeatMs = 5_000 }: FollowOptions = {},
): Follower {
  const stopping = new AbortController();
  let becameReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (becameReady = resolve));
  const reconnects = metrics.counter(
    'db_listener_reconnects_total',
    'Times that the connection for notifications had to be made anew',
  );
  let connected = false;

  async function live(settled: () => void): Promise<void> {
    const session = await database.session({
      name: 'listen',
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    const failing = new AbortController();
    const fail = (error: unknown) => failing.abort(error);
    const signal = AbortSignal.any([stopping.signal, session.ended, failing.signal]);
    const over = rejectedBy(signal);
    const pumps = new Map(
      Object.entries(readers).map(([name, read]) => [name, createPump(read, fail)]),
    );
    try {
      session.onNotification((channel, payload) => pumps.get(channel)?.heard(payload));
      for (const name of pumps.keys()) await session.query(`LISTEN ${escapeIdentifier(name)}`);
      const reading = Promise.all([...pumps.values()].map((pump) => pump.readAgain()));
      await Promise.race([reading, over]);
      connected = true;
      settled();
      becameReady();
      await Promise.race([keepAlive(session, heartbeatMs, signal), over]);
    } finally {
      connected = false;
      failing.abort();
      await session.close().catch(() => undefined);
    }
  }

  function lost(error: unknown): void {
    if (stopping.signal.aborted) return;
    log.warn({ error }, 'Notifications are not heard just now; trying again');
    reconnects.inc();
  }

  async function run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      await live(() => (pauseMs = FIRST_PAUSE_MS)).catch(lost);
      await pause(pauseMs * (0.5 + Math.random()), undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  const running = run();
  return {
    ready,
    get connected() {
      return connected;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
