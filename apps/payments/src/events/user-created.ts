import type { users } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import { FIRST_CURRENCY } from '../domain/currency';
import { insertAccount, insertHandle } from '../store/accounts';
import { accountOpened } from './published';

/** Records the handle and opens the first account. A user that is known already is left as it is. */
export async function onUserCreated(
  tx: Transaction,
  { userId, handle }: users.UserCreated__Output,
): Promise<void> {
  if (!(await insertHandle(tx, userId, handle))) return;
  const accountId = await insertAccount(tx, userId, FIRST_CURRENCY);
  await appendToOutbox(tx, accountOpened({ accountId, userId, currency: FIRST_CURRENCY }));
}
