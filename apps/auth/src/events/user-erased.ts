import type { users } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import { deleteIdentity, lockIdentity } from '../store/identities';
import { endSessionsOf } from '../store/sessions-of';
import { sessionEnded } from './session-ended';

/**
 * Deletes the identity of a user who was erased. Their sessions end first, each announced, so that access tokens signed for
 * them are refused before they expire. An identity that is gone already is left at that.
 */
export async function onUserErased(
  tx: Transaction,
  { userId }: users.UserErased__Output,
): Promise<void> {
  if (!(await lockIdentity(tx, userId))) return;
  const ended = await endSessionsOf(tx, userId, 'identity_deleted');
  await appendToOutbox(tx, ...ended.map(sessionEnded));
  await deleteIdentity(tx, userId);
}
