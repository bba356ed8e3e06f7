import { encodeEvent, topicOf, type EventPayloads, type EventType } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { injectTraceContext, type TraceHeaders } from '@quayside/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { appended } from './wake';

/** Something that has happened, to be announced if and only if the transaction commits. */
export interface OutboxEvent<T extends EventType = EventType> {
  type: T;
  /** The id that the registry names for the topic; order holds among events of one key. */
  key: string;
  /** What the event is about, if that says more than the key. */
  subject?: string;
  payload: EventPayloads[T];
  /** The trace that it continues; default: the active one. */
  trace?: TraceHeaders;
}

/** An event of any type, its payload the one that belongs to the type. */
type AnyEvent = { [T in EventType]: OutboxEvent<T> }[EventType];

/** Largest payload in bytes: well below what a broker takes by default (1 MiB for a whole batch). */
const MAX_PAYLOAD_BYTES = 512 * 1024;

const insertSql = `
INSERT INTO outbox (id, topic, key, type, payload, headers)
SELECT id, topic, key, type, payload, headers
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::jsonb[])
  WITH ORDINALITY AS event (id, topic, key, type, payload, headers, place)
ORDER BY place`;

function encode({ type, payload }: AnyEvent): Buffer {
  const bytes = encodeEvent(type, payload);
  if (bytes.length > MAX_PAYLOAD_BYTES) {
    throw new Error(
      `${type} has ${bytes.length} bytes; more than ${MAX_PAYLOAD_BYTES} is no event.`,
    );
  }
  return bytes;
}

/**
 * Writes events in the transaction of the change that they announce, and wakes the relay after the commit. Call it
 * after the aggregate's row is locked or written: then the events of one key are sent in the order of the changes.
 * Need not be waited for (see Transaction.send): then it takes no round trip of its own. Throws, at once, when a
 * payload does not fit its type.
 */
export function appendToOutbox(tx: Transaction, ...events: AnyEvent[]): Promise<void> {
  if (events.length === 0) return Promise.resolve();
  const active = injectTraceContext();
  const appending = tx.send('append_to_outbox', insertSql, [
    events.map(() => uuidv7()),
    events.map(({ type }) => topicOf(type).name),
    events.map(({ key }) => key),
    events.map(({ type }) => type),
    events.map(encode),
    events.map(({ subject, trace = active }) =>
      JSON.stringify(subject === undefined ? trace : { ...trace, ce_subject: subject }),
    ),
  ]);
  tx.onCommit(() => appended(tx.database));
  return appending;
}
