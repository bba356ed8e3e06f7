import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { lockAccount, setFrozen } from '../store/account-changes';
import { findAccounts } from '../store/accounts';
import type { PaymentsDependencies } from './dependencies';
import { existingId, notFound } from './identifier';
import { checkedText } from './text';
import { accountToWire } from './wire';

/** Makes an account frozen or open, for an operator; one that is so already stays as it is. */
export async function setAccountStatus(
  { database }: PaymentsDependencies,
  status: 'open' | 'frozen',
  request: { accountId: string; reason: string },
  { userId, deadline }: CallContext,
) {
  const operatorUserId = userId();
  const accountId = existingId(request.accountId, 'account');
  const reason = checkedText(request.reason, { path: '/reason', min: 1, max: 500 });
  const account = await database.transaction(
    async (tx) => {
      const found = await lockAccount(tx, accountId);
      if (!found) throw notFound('account');
      if (found.status === 'closed') {
        throw new QuaysideError('not_possible', 'The account is closed.');
      }
      if (found.status === status) return found;
      await setFrozen(tx, { accountId, status, reason, operatorUserId });
      return { ...found, status };
    },
    { deadline },
  );
  return { account: accountToWire(account) };
}

/** The accounts of any user, for an operator. */
export async function listAccountsOf(
  { database }: PaymentsDependencies,
  request: { userId: string },
  { deadline }: CallContext,
) {
  const accounts = await findAccounts(database, existingId(request.userId, 'user'), deadline);
  return { accounts: accounts.map(accountToWire) };
}
