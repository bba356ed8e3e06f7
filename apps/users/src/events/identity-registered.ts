import type { auth } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import { checkedDisplayName } from '../display-name';
import { checkedHandle, handleCandidates } from '../handle';
import { isErased, lockUser } from '../store/erasures';
import { confirmHandle, reservedDisplayName } from '../store/handles';
import { hasProfile, insertProfile } from '../store/profiles';
import { checkedUserId } from '../user-id';
import { userCreated } from './user-events';

/**
 * Gives a new identity its profile and confirms its handle. Nobody who can sign in stays without a profile:
 * when the handle was lost meanwhile, one derived from it and the user id is confirmed instead. Throws
 * invalid_request for a message that can never be applied.
 */
export async function onIdentityRegistered(
  tx: Transaction,
  payload: auth.IdentityRegistered__Output,
): Promise<void> {
  const userId = checkedUserId(payload.userId);
  const wanted = checkedHandle(payload.handle);
  const announcedName = checkedDisplayName(payload.displayName);
  await lockUser(tx, userId);
  if (await isErased(tx, userId)) return;
  // The inbox knows one event by its id; this also stops the same registration under another id.
  if (await hasProfile(tx, userId)) return;
  // As it was given with the reservation. The event has it only when that did not; or when somebody else has taken the
  // reservation over, something to begin with.
  const displayName = (await reservedDisplayName(tx, userId)) ?? announcedName;
  const handle = await confirmFirstFree(tx, userId, handleCandidates(wanted, userId));
  const profile = { userId, handle, displayName };
  await insertProfile(tx, profile);
  await appendToOutbox(tx, userCreated(profile));
}

async function confirmFirstFree(
  tx: Transaction,
  userId: string,
  candidates: string[],
): Promise<string> {
  for (const handle of candidates) {
    if (await confirmHandle(tx, { handle, userId })) return handle;
  }
  throw new Error(`Every handle derived for user ${userId} is taken`);
}
