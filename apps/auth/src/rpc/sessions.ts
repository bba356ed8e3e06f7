import { toTimestamp, type auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { validate } from 'uuid';
import { announceEnded } from '../events/session-ended';
import { endSessions, findSessions } from '../store/sessions';
import type { AuthDependencies } from './dependencies';
import { refuseEnded, sessionOf } from './own-session';

/** The caller's living sessions. */
export async function listSessions(
  { database, lifetimes }: AuthDependencies,
  { caller, userId, deadline }: CallContext,
): Promise<auth.ListSessionsResponse> {
  const own = caller.kind === 'user' ? caller.sessionId : undefined;
  const found = await findSessions(database, userId(), lifetimes.idleSeconds, deadline);
  const sessions = found.map(({ sessionId, device, address, ...times }) => ({
    sessionId,
    device,
    address,
    createdAt: toTimestamp(times.createdAt),
    lastUsedAt: toTimestamp(times.lastUsedAt),
    expiresAt: toTimestamp(times.expiresAt),
    current: sessionId === own,
  }));
  return { sessions };
}

/** Ends one of the caller's sessions, the one that asks included. */
export async function endSession(
  { database }: AuthDependencies,
  { sessionId }: auth.EndSessionRequest__Output,
  { caller, deadline }: CallContext,
): Promise<auth.EndSessionResponse> {
  const own = sessionOf(caller);
  const only = validate(sessionId) ? { only: sessionId } : undefined;
  const ended = await database.transaction(
    async (tx) => {
      await refuseEnded(tx, own);
      const sessions = only ? await endSessions(tx, own.userId, 'ended_by_user', only) : [];
      await announceEnded(tx, sessions);
      return sessions.length;
    },
    { deadline },
  );
  if (ended === 0) throw new QuaysideError('not_found', 'There is no such session.');
  return {};
}
