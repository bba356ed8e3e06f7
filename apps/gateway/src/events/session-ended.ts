import { fromTimestamp } from '@quayside/contracts';
import { batchHandler, type ConsumerHandlers } from '@quayside/messaging';
import { addRevocations } from '../store/revocations';

/**
 * Writes down which sessions ended, so that every replica refuses their tokens. What ended so long ago that its
 * tokens have expired is passed over: a first start reads a week of events.
 */
export function revocationHandlers(lifetimeMs: number): ConsumerHandlers {
  return batchHandler(['quayside.auth.v1.SessionEnded'], async (tx, events) => {
    const sessions = events.map(({ payload, time }) => ({
      sessionId: payload.sessionId,
      endedAt: payload.endedAt ? fromTimestamp(payload.endedAt) : time,
    }));
    const oldest = Date.now() - lifetimeMs;
    await addRevocations(
      tx,
      sessions.filter(({ endedAt }) => endedAt.getTime() > oldest),
    );
  });
}
