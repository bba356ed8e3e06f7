import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { Caller } from '@quayside/identity';
import { lockIdentity } from '../store/identities';
import { sessionLives } from '../store/sessions';

/** The session that a call comes from. */
export interface OwnSession {
  userId: string;
  sessionId: string;
}

const over = () => new QuaysideError('unauthenticated', 'The session has ended. Sign in again.');

/** The session of the caller's token. Throws unauthenticated when the caller has none. */
export function sessionOf(caller: Caller): OwnSession {
  if (caller.kind !== 'user' || caller.sessionId === undefined) throw over();
  return { userId: caller.userId, sessionId: caller.sessionId };
}

/**
 * Throws unauthenticated when the session has ended: its last access token works elsewhere until it expires or the end is
 * known there, but here the end is known, and what is done here lasts. Locks the identity, and before its session, as all do
 * who lock both: nobody waits for somebody who waits for them.
 */
export async function refuseEnded(tx: Transaction, session: OwnSession): Promise<void> {
  await lockIdentity(tx, session.userId);
  if (!(await sessionLives(tx, session))) throw over();
}
