import { toTimestamp, type auth } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { validate } from 'uuid';
import { normaliseEmail } from '../domain/email';
import { announceEnded } from '../events/session-ended';
import { revokeApiKeys } from '../store/api-keys';
import { findIdentity as find, lockIdentity } from '../store/identities';
import { endSessions } from '../store/sessions';
import { findSessionsOf, type ListedSession } from '../store/sessions-of';

interface OperatorDependencies {
  database: Database;
}

const notFound = () => new QuaysideError('not_found', 'There is no such identity.');

/** A user id from the wire. What is no id is nobody's. */
function existingUserId(userId: string): string {
  if (validate(userId)) return userId.toLowerCase();
  throw notFound();
}

/** An identity by id or e-mail address, for an operator. */
export async function findIdentity(
  { database }: OperatorDependencies,
  request: auth.FindIdentityRequest__Output,
  { deadline }: CallContext,
): Promise<auth.FindIdentityResponse> {
  const wanted =
    request.userId === ''
      ? { userId: null, emailNormalised: normaliseEmail(request.email) }
      : { userId: existingUserId(request.userId), emailNormalised: null };
  const found = await find(database, wanted, deadline);
  if (!found) throw notFound();
  return { ...found, createdAt: toTimestamp(found.createdAt) };
}

const sessionToWire = (session: ListedSession): auth.OperatorSession => ({
  sessionId: session.sessionId,
  createdAt: toTimestamp(session.createdAt),
  lastUsedAt: toTimestamp(session.lastUsedAt),
  expiresAt: toTimestamp(session.expiresAt),
  endedAt: session.endedAt && toTimestamp(session.endedAt),
  endReason: session.endReason ?? '',
});

/** Anybody's sessions, for an operator. */
export async function listSessionsOf(
  { database }: OperatorDependencies,
  request: auth.ListSessionsOfRequest__Output,
  { deadline }: CallContext,
): Promise<auth.ListSessionsOfResponse> {
  const userId = existingUserId(request.userId);
  const sessions = await findSessionsOf(database, userId, deadline);
  return { sessions: sessions.map(sessionToWire) };
}

/**
 * Ends anybody's sessions and revokes their API keys, for an operator, and announces each: whoever must be out now must not
 * come back by a key that was made before.
 */
export async function endSessionsOf(
  { database }: OperatorDependencies,
  request: auth.EndSessionsOfRequest__Output,
  { deadline }: CallContext,
): Promise<auth.EndSessionsOfResponse> {
  const userId = existingUserId(request.userId);
  return database.transaction(
    async (tx) => {
      // No session or key begins meanwhile.
      if (!(await lockIdentity(tx, userId))) return { ended: 0, apiKeysRevoked: 0 };
      const sessions = await endSessions(tx, userId, 'ended_by_operator');
      const keys = await revokeApiKeys(tx, userId);
      await announceEnded(tx, [...sessions, ...keys]);
      return { ended: sessions.length, apiKeysRevoked: keys.length };
    },
    { deadline },
  );
}
