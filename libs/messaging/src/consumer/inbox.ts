import type { Database, Transaction } from '@quayside/database';
import { childLogger } from '@quayside/telemetry';
import type { ReceivedEvent } from '../events/received';

const insertSql = `
INSERT INTO inbox (consumer_group, message_id)
SELECT $1, unnest($2::uuid[])
ON CONFLICT DO NOTHING
RETURNING message_id`;

/**
 * Records events as received and answers those that had not been, each once, in their order. One that another
 * process is just applying is waited for.
 */
export async function recordReceived(
  tx: Transaction,
  group: string,
  events: readonly ReceivedEvent[],
): Promise<ReceivedEvent[]> {
  const rows = await tx.prepared<{ message_id: string }>('record_received', insertSql, [
    group,
    events.map(({ id }) => id),
  ]);
  const fresh = new Set(rows.map(({ message_id }) => message_id));
  // Deleting: an event may also be twice in one batch.
  return events.filter(({ id }) => fresh.delete(id));
}

const ONE_DAY_MS = 24 * 60 * 60_000;
const CLEAN_EVERY_MS = 60 * 60_000;
const ROWS_AT_ONCE = 5_000;

const cleanSql = `
DELETE FROM inbox WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM inbox
  WHERE consumer_group = $1 AND received_at < now() - make_interval(secs => $2)
  LIMIT ${ROWS_AT_ONCE}
))
RETURNING 1`;

/** Deletes the rows of messages that the topic no longer has, so that they cannot come again. Gives their number. */
export async function cleanInbox(
  database: Database,
  group: string,
  retentionMs: number,
): Promise<number> {
  const seconds = (retentionMs + ONE_DAY_MS) / 1000;
  for (let total = 0; ;) {
    const deleted = await database.query(cleanSql, [group, seconds]);
    total += deleted.length;
    if (deleted.length < ROWS_AT_ONCE) return total;
  }
}

/** Cleans now and then until the signal is aborted; a failure waits for the next time. */
export function keepInboxClean(
  database: Database,
  group: string,
  retentionMs: number,
  signal: AbortSignal,
): void {
  const log = childLogger({ component: 'inbox' });
  const timer = setInterval(() => {
    cleanInbox(database, group, retentionMs).then(
      (rows) => log.debug({ group, rows }, 'Cleaned the inbox'),
      (error: unknown) => log.warn({ group, error }, 'Could not clean the inbox'),
    );
  }, CLEAN_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
