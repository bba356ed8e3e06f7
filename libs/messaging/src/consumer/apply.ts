import type { Database, Transaction } from '@quayside/database';
import { withTraceContext } from '@quayside/telemetry';
import type { ConsumerHandlers, EventHandler, ReceivedEvent } from '../events/received';
import { recordReceived } from './inbox';

/** Longest one transaction of a consumer may take; what is slower is waited for and tried again. */
const TRANSACTION_TIMEOUT_MS = 20_000;

function inSpan<T>(group: string, event: ReceivedEvent, fn: () => Promise<T>): Promise<T> {
  const { topic, id, type, partition, offset } = event;
  return withTraceContext(
    event.headers,
    `process ${topic}`,
    {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.kafka.offset': offset,
      'messaging.consumer.group.name': group,
      'messaging.message.id': id,
      'cloudevents.event_type': type,
    },
    fn,
  );
}

async function handle(
  tx: Transaction,
  handlers: ConsumerHandlers,
  events: ReceivedEvent[],
  each: (event: ReceivedEvent, run: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if ('handleBatch' in handlers) return handlers.handleBatch(tx, events);
  for (const event of events) {
    // Only types that have a handler are decoded; which one belongs to which is beyond the compiler.
    const handler = handlers[event.type] as EventHandler<typeof event.type> | undefined;
    if (handler) await each(event, () => handler(tx, event));
  }
}

/**
 * Applies events in one transaction with their inbox rows and gives how many had not been applied before. The
 * transaction is seen in the trace of the first event; each handler runs in the trace of its own.
 */
export function applyEvents(
  database: Database,
  group: string,
  handlers: ConsumerHandlers,
  events: readonly [ReceivedEvent, ...ReceivedEvent[]],
): Promise<number> {
  const [first] = events;
  const each = (event: ReceivedEvent, run: () => Promise<void>) =>
    event === first ? run() : inSpan(group, event, run);
  return inSpan(group, first, () =>
    database.transaction(
      async (tx) => {
        const fresh = await recordReceived(tx, group, events);
        if (fresh.length > 0) await handle(tx, handlers, fresh, each);
        return fresh.length;
      },
      { deadline: new Date(Date.now() + TRANSACTION_TIMEOUT_MS) },
    ),
  );
}
