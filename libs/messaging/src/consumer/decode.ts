import { decodeEvent, type EventType } from '@quayside/contracts';
import type { KafkaMessage } from 'kafkajs';
import { readEnvelope, readHeaders } from '../events/headers';
import type { ConsumerHandlers, ReceivedEvent } from '../events/received';

/** Where a message came from. */
export interface Origin {
  topic: string;
  partition: number;
}

/** What a message turned out to be. */
export type Decoded =
  | { kind: 'event'; message: KafkaMessage; event: ReceivedEvent }
  /** Of a type that this group does not handle: another version or another group's. */
  | { kind: 'ignored'; message: KafkaMessage }
  | { kind: 'unreadable'; message: KafkaMessage; error: unknown };

/** The types that the handlers handle. */
export function handledTypes(handlers: ConsumerHandlers): ReadonlySet<string> {
  return new Set('handleBatch' in handlers ? handlers.types : Object.keys(handlers));
}

function readEvent(message: KafkaMessage, types: ReadonlySet<string>, origin: Origin) {
  const headers = readHeaders(message.headers);
  const { id, type, source, time } = readEnvelope(headers);
  if (!types.has(type)) return undefined;
  if (message.value === null) throw new Error('The event has no payload.');
  const known = type as EventType;
  return {
    id,
    type: known,
    source,
    ...(headers.ce_subject !== undefined && { subject: headers.ce_subject }),
    time,
    key: message.key?.toString() ?? '',
    payload: decodeEvent(known, message.value),
    headers,
    ...origin,
    offset: message.offset,
  } as ReceivedEvent;
}

/** Reads a message; never throws. */
export function decode(message: KafkaMessage, types: ReadonlySet<string>, origin: Origin): Decoded {
  try {
    const event = readEvent(message, types, origin);
    return event ? { kind: 'event', message, event } : { kind: 'ignored', message };
  } catch (error) {
    return { kind: 'unreadable', message, error };
  }
}
