import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { lastActivityNumber } from '../store/activity';
import type { EventStreams } from './event-streams';
import type { UserOperation } from './operation';

/** How long finding the place to begin may take, in milliseconds. */
const DEADLINE_MS = 5_000;

/** The number in `Last-Event-ID`; undefined without one. Throws `invalid_request` for what is not ours. */
function numberOf(lastEventId: string | undefined): bigint | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  if (/^\d{1,18}$/.test(lastEventId)) return BigInt(lastEventId);
  throw new QuaysideError('invalid_request', 'Last-Event-ID is not one that this stream gave out.');
}

/** The feed, live. */
export function eventOperations(database: Database, streams: EventStreams) {
  return {
    async streamEvents(request, response, caller) {
      const seen = numberOf(request.get('last-event-id'));
      const deadline = new Date(Date.now() + DEADLINE_MS);
      const last = await lastActivityNumber(database, caller.userId, deadline);
      // A number beyond the last would wait for what never comes.
      streams.open(caller, response, seen !== undefined && seen < last ? seen : last);
    },
  } satisfies Record<string, UserOperation>;
}
