import type { EventPayloads } from '@quayside/contracts';
import { batchHandler, type ConsumerHandlers, type ReceivedEvent } from '@quayside/messaging';
import { appendActivity, type FeedEntry } from '../store/activity';
import { activityOf, type FeedEventType } from './activity-of';

const types = Object.keys(activityOf) as FeedEventType[];

function entriesOf<Type extends FeedEventType>(event: {
  type: Type;
  payload: EventPayloads[Type];
  time: Date;
}): FeedEntry[] {
  return activityOf[event.type](event.payload, event.time);
}

/** Keeps the feed: whatever arrives together goes in with one statement. */
export const feedHandlers: ConsumerHandlers = batchHandler(
  types,
  (tx, events: readonly ReceivedEvent<FeedEventType>[]) =>
    appendActivity(tx, events.flatMap(entriesOf)),
);
