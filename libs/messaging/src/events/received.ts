import type { EventPayloads, EventType } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';

interface Received<T extends EventType> {
  /** CloudEvents id, a UUID: the same however often the event is delivered. */
  id: string;
  type: T;
  /** Who published it, `/quayside/payments`. */
  source: string;
  subject?: string;
  /** When the change that it announces was made. */
  time: Date;
  /** Order holds among events of one key. */
  key: string;
  payload: EventPayloads[T];
  /** All headers of the message. */
  headers: Record<string, string>;
  topic: string;
  partition: number;
  offset: string;
}

/** An event as a handler gets it; for several types the union of them, told apart by `type`. */
export type ReceivedEvent<T extends EventType = EventType> = T extends EventType
  ? Received<T>
  : never;

/** Applies one event inside the transaction that also records it as received. */
export type EventHandler<T extends EventType> = (
  tx: Transaction,
  event: ReceivedEvent<T>,
) => Promise<void>;

/** One handler per event type that the group cares about. */
export type EventHandlers = { [T in EventType]?: EventHandler<T> };

/** One function for many events at once, in their order; for read models that must keep up. */
export interface BatchHandler {
  types: readonly EventType[];
  handleBatch(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void>;
}

/** What a consumer does with what it reads. */
export type ConsumerHandlers = EventHandlers | BatchHandler;

/** Applies several events of one partition in one call, all or none; never an empty list. */
export function batchHandler<T extends EventType>(
  types: readonly T[],
  handle: (tx: Transaction, events: readonly ReceivedEvent<T>[]) => Promise<void>,
): BatchHandler {
  // The consumer passes only events of `types`.
  return { types, handleBatch: (tx, events) => handle(tx, events as readonly ReceivedEvent<T>[]) };
}
