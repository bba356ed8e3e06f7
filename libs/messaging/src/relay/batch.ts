import type { Session } from '@quayside/database';
import { startProducerSpan, type ProducerSpan } from '@quayside/telemetry';
import type { TopicMessages } from 'kafkajs';
import { cloudEventHeaders, type Headers } from '../events/headers';
import { LOCK } from './lock';

/** A row of the outbox. */
export interface OutboxRow {
  position: bigint;
  id: string;
  topic: string;
  key: string;
  type: string;
  payload: Buffer;
  headers: Headers;
  created_at: Date;
}

/** The session does not hold the relay lock (any more): another relay may be active. */
export class LockLostError extends Error {
  override readonly name = 'LockLostError';
  constructor() {
    super('The lock of the relay was lost.');
  }
}

/** Below what a broker takes as one batch by default (message.max.bytes, 1 MiB), headers and keys included. */
const MAX_BATCH_BYTES = 768 * 1024;

// It looks for rows, it does not follow a cursor: positions are given before the commit and become visible in
// another order. Whether the lock is still ours is asked in the same statement.
const nextSql = `
SELECT batch.*, EXISTS (
  SELECT FROM pg_locks
  WHERE locktype = 'advisory' AND classid = $2 AND objid = $3 AND objsubid = 2
    AND pid = pg_backend_pid() AND granted
) AS held
FROM (SELECT) AS always LEFT JOIN (
  SELECT position, id, topic, key, type, payload, headers, created_at
  FROM outbox ORDER BY position LIMIT $1
) AS batch ON true
ORDER BY position`;

type NextRow = { held: boolean } & (OutboxRow | { position: null });

function withinBytes(rows: OutboxRow[]): OutboxRow[] {
  let bytes = 0;
  const end = rows.findIndex(({ payload }) => (bytes += payload.length) > MAX_BATCH_BYTES);
  return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}

/** The oldest unsent rows, at most `limit`. Throws a LockLostError when the session may not send them. */
export async function nextRows(session: Session, limit: number): Promise<OutboxRow[]> {
  const rows = await session.prepared<NextRow>('next_outbox_rows', nextSql, [
    limit,
    LOCK.classId,
    LOCK.objectId,
  ]);
  if (rows[0]?.held !== true) throw new LockLostError();
  return withinBytes(rows.filter((row): row is NextRow & OutboxRow => row.position !== null));
}

/** Deletes what has been accepted, by its positions: others may have become visible in between. */
export async function deleteRows(session: Session, rows: OutboxRow[]): Promise<void> {
  await session.prepared('delete_outbox_rows', 'DELETE FROM outbox WHERE position = ANY ($1)', [
    rows.map(({ position }) => position),
  ]);
}

/** Rows as messages grouped by topic, in their order, and the spans to end when it is known what became of them. */
export function toMessages(
  rows: OutboxRow[],
  serviceName: string,
): { topicMessages: TopicMessages[]; spans: ProducerSpan[] } {
  const topics = new Map<string, TopicMessages['messages']>();
  const spans: ProducerSpan[] = [];
  for (const { id, type, topic, key, payload, headers, created_at: time } of rows) {
    const span = startProducerSpan(headers, `send ${topic}`, {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'send',
      'messaging.destination.name': topic,
      'messaging.message.id': id,
    });
    spans.push(span);
    const envelope = cloudEventHeaders({ id, type, source: `/quayside/${serviceName}`, time });
    const messages = topics.get(topic) ?? [];
    messages.push({
      key,
      value: payload,
      headers: { ...envelope, ...headers, ...span.headers },
      timestamp: String(time.getTime()),
    });
    topics.set(topic, messages);
  }
  return {
    topicMessages: [...topics].map(([topic, messages]) => ({ topic, messages })),
    spans,
  };
}
