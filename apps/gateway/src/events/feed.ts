import type { EventPayloads } from '@quayside/contracts';
import { batchHandler, type ConsumerHandlers, type ReceivedEvent } from '@quayside/messaging';
import { appendActivity, eraseFeed, type FeedEntry } from '../store/activity';
import { activityOf, type FeedEventType } from './activity-of';

const ERASED = 'quayside.users.v1.UserErased';
type Received = ReceivedEvent<FeedEventType | typeof ERASED>;

const types = [...(Object.keys(activityOf) as FeedEventType[]), ERASED] as const;

function entriesOf<Type extends FeedEventType>(event: {
  type: Type;
  payload: EventPayloads[Type];
  time: Date;
}): FeedEntry[] {
  return activityOf[event.type](event.payload, event.time);
}

/**
 * Keeps the feed: whatever arrives together goes in with one statement. Who was erased loses theirs. What happened to them
 * before may arrive after that, for it comes by other topics; it is not added then.
 */
export const feedHandlers: ConsumerHandlers = batchHandler(
  types,
  async (tx, events: readonly Received[]) => {
    const entries = events.flatMap((event) => (event.type === ERASED ? [] : entriesOf(event)));
    await appendActivity(tx, entries);
    for (const event of events) {
      if (event.type === ERASED) await eraseFeed(tx, event.payload.userId);
    }
  },
);
