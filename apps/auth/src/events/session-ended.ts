import { toTimestamp } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox, type OutboxEvent } from '@quayside/messaging';
import type { EndedSession } from '../store/sessions';

/** The event that announces the end of a session; whoever remembers its access tokens forgets them. */
export function sessionEnded(session: EndedSession): OutboxEvent<'quayside.auth.v1.SessionEnded'> {
  return {
    type: 'quayside.auth.v1.SessionEnded',
    key: session.userId,
    subject: session.sessionId,
    payload: {
      sessionId: session.sessionId,
      userId: session.userId,
      reason: session.reason,
      endedAt: toTimestamp(session.endedAt),
    },
  };
}

/** Announces the end of sessions in the transaction that ends them. */
export async function announceEnded(
  tx: Transaction,
  sessions: readonly EndedSession[],
): Promise<void> {
  if (sessions.length > 0) await appendToOutbox(tx, ...sessions.map(sessionEnded));
}
