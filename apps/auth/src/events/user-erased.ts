import type { users } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { throttleKeysOf } from '../domain/throttle';
import { revokeApiKeys } from '../store/api-keys';
import { addressesOf, deleteIdentity, lockIdentity } from '../store/identities';
import { forgetReset } from '../store/password-resets';
import { endSessions } from '../store/sessions';
import { forgetThrottles } from '../store/throttles';
import { announceEnded } from './session-ended';

/**
 * Deletes the identity of a user who was erased. Their sessions and API keys end first, each announced, so that access tokens signed for
 * them are refused before they expire. An identity that is gone already is left at that.
 */
export async function onUserErased(
  tx: Transaction,
  { userId }: users.UserErased__Output,
): Promise<void> {
  if (!(await lockIdentity(tx, userId))) return;
  await announceEnded(tx, await endSessions(tx, userId, 'identity_deleted'));
  await announceEnded(tx, await revokeApiKeys(tx, userId));
  const addresses = await addressesOf(tx, userId);
  const emailNormalised = await deleteIdentity(tx, userId);
  if (emailNormalised === undefined) return;
  await forgetReset(tx, emailNormalised);
  await forgetThrottles(tx, throttleKeysOf({ userId, emailNormalised }, addresses));
}
