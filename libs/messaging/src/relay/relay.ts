import type { Database, Session } from '@quayside/database';
import { childLogger } from '@quayside/telemetry';
import { backoffMs, pause, within } from '../bounded';
import type { KafkaConnection } from '../kafka/connection';
import { createSender, type Sender } from '../kafka/sender';
import { createOutage } from '../outage';
import { onAppended } from '../outbox/wake';
import { deleteRows, LockLostError, nextRows, toMessages, type OutboxRow } from './batch';
import { tryLock } from './lock';
import { relayMetrics } from './metrics';
import { createWaker } from './waker';

/** Sends what is in the outbox. */
export interface Relay {
  /** Begins in the background; database and broker may be away. */
  start(): void;
  /** Looks at the outbox now. Local commits do this by themselves. */
  wake(): void;
  /** Sends what is there, if it can, and ends within `timeoutMs`; what is left stays in the outbox. */
  stop(timeoutMs: number): Promise<void>;
}

/** What a relay stands on. */
export interface RelayOptions {
  database: Database;
  kafka: KafkaConnection;
  /** Becomes the CloudEvents source, `/quayside/<serviceName>`. */
  serviceName: string;
  /** Most rows in one send; default 500. */
  batchSize?: number;
  /** Sends are at least so far apart, so that rows gather under load; default 100. The first goes at once. */
  intervalMs?: number;
  /** How often a relay looks that is not woken: for commits of other replicas; default 200, 1000 when idle. */
  pollMs?: { busy: number; idle: number };
  /** How often a standby asks for the lock; default 500. */
  standbyMs?: number;
}

/** A relay that hangs loses its session, and so its lock, after this. Longer than a send may take. */
const IDLE_SESSION_MS = 20_000;
const STATEMENT_TIMEOUT_MS = 10_000;
const BACKOFF = { firstMs: 100, maxMs: 2_000 };

/**
 * The relay of one database. Of all that run on it, in whatever process, one is active: the holder of a session
 * advisory lock. It keeps one send in flight; after a rejected send it sends the same rows again on a fresh
 * producer, so consumers may see an event twice but never out of order within its key.
 */
export function createRelay(options: RelayOptions): Relay {
  const {
    database,
    kafka,
    serviceName,
    batchSize = 500,
    intervalMs = 100,
    standbyMs = 500,
  } = options;
  const pollMs = options.pollMs ?? { busy: 200, idle: 1_000 };
  const log = childLogger({ component: 'relay' });
  const measured = relayMetrics();
  const waker = createWaker();
  const stopping = new AbortController();
  const sender: Sender = createSender(kafka);
  const databaseOutage = createOutage(log, 'The relay cannot use its database');
  const brokerOutage = createOutage(log, 'The relay cannot send to Kafka');
  let running: Promise<void> | undefined;
  let session: Session | undefined;
  let unsubscribe: () => void = () => undefined;

  async function send(rows: OutboxRow[]): Promise<void> {
    const { topicMessages, spans } = toMessages(rows, serviceName);
    const started = performance.now();
    try {
      await sender.send(topicMessages);
    } catch (error) {
      spans.forEach((span) => span.end(error));
      throw error;
    }
    spans.forEach((span) => span.end());
    measured.sent(rows, (performance.now() - started) / 1000);
  }

  /** Tries until the rows are sent; false when it was told to stop while the broker was away. */
  async function sendAtLast(own: Session): Promise<'sent' | 'empty' | 'stopped'> {
    for (let attempt = 1; ; attempt += 1) {
      await measured.measure(own);
      // Read again for each attempt: the lock may be lost, and more may have come.
      const rows = await nextRows(own, batchSize);
      if (rows.length === 0) return 'empty';
      try {
        await send(rows);
      } catch (error) {
        measured.sendFailed();
        brokerOutage.failed(error);
        if (stopping.signal.aborted) return 'stopped';
        await pause(backoffMs(attempt, BACKOFF.firstMs, BACKOFF.maxMs), stopping.signal);
        continue;
      }
      brokerOutage.recovered();
      await deleteRows(own, rows);
      return 'sent';
    }
  }

  /** As the active relay: sends until it is stopped and the outbox is empty. */
  async function relay(own: Session): Promise<void> {
    let idleMs = pollMs.busy;
    for (;;) {
      const started = Date.now();
      const outcome = await sendAtLast(own);
      databaseOutage.recovered();
      if (outcome === 'stopped') return;
      if (outcome === 'sent') {
        idleMs = pollMs.busy;
        await pause(Math.max(0, started + intervalMs - Date.now()), stopping.signal);
        continue;
      }
      measured.empty();
      if (stopping.signal.aborted) return;
      await waker.sleep(idleMs);
      idleMs = Math.min(pollMs.idle, idleMs * 1.5);
    }
  }

  async function holdSession(): Promise<void> {
    session = await database.session({
      name: 'relay',
      idleTimeoutMs: IDLE_SESSION_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    try {
      while (!stopping.signal.aborted) {
        if (await tryLock(session)) {
          log.info('This relay is the active one');
          await relay(session);
        } else {
          databaseOutage.recovered();
          measured.standby();
          await pause(standbyMs, stopping.signal);
        }
      }
    } finally {
      await session.close();
    }
  }

  async function run(): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      const started = Date.now();
      try {
        await holdSession();
      } catch (error) {
        if (error instanceof LockLostError) log.warn(error.message);
        else databaseOutage.failed(error);
        // It worked for a while: this is a new outage.
        if (Date.now() - started > BACKOFF.maxMs) attempt = 1;
        await pause(backoffMs(attempt, BACKOFF.firstMs, BACKOFF.maxMs), stopping.signal);
      }
    }
  }

  return {
    start() {
      if (running) return;
      unsubscribe = onAppended(database, () => waker.wake());
      running = run();
    },
    wake: () => waker.wake(),
    async stop(timeoutMs) {
      unsubscribe();
      stopping.abort();
      waker.wake();
      await within(timeoutMs, 'Stopping the relay', running ?? Promise.resolve()).catch(
        (error: unknown) => log.warn({ error }, 'The relay was cut off; the outbox keeps the rest'),
      );
      await Promise.all([sender.close(), session?.close()]);
    },
  };
}
