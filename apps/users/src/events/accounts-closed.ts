import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import { insertErasure, lockUser } from '../store/erasures';
import { keepHandle } from '../store/handles';
import { deleteProfile } from '../store/profiles';
import { checkedUserId } from '../user-id';
import { userErased } from './user-events';

/**
 * Erases a user whose accounts are closed: the profile goes, the handle stays taken for good. A user whose sign-up has not
 * arrived yet gets no profile when it does. Throws invalid_request for a message that can never be applied.
 */
export async function onUserAccountsClosed(
  tx: Transaction,
  payload: payments.UserAccountsClosed__Output,
): Promise<void> {
  const userId = checkedUserId(payload.userId);
  await lockUser(tx, userId);
  if (!(await insertErasure(tx, userId))) return;
  await deleteProfile(tx, userId);
  await keepHandle(tx, userId);
  await appendToOutbox(tx, userErased(userId));
}
