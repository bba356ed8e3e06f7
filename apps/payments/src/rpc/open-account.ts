import type { payments } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { knownCurrency } from '../domain/currency';
import { accountOpened } from '../events/published';
import { openAccount as open } from '../store/account-changes';
import type { PaymentsDependencies } from './dependencies';
import { accountToWire } from './wire';

/** Opens the caller's account in a currency. Asked again it gives the same account: no key is needed. */
export async function openAccount(
  { database }: PaymentsDependencies,
  request: payments.OpenAccountRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.OpenAccountResponse> {
  const caller = userId();
  const currency = knownCurrency(request.currency, '/currency');
  const found = await database.transaction(
    async (tx) => {
      const result = await open(tx, caller, currency);
      if (result?.opened) {
        const { accountId } = result.account;
        await appendToOutbox(tx, accountOpened({ accountId, userId: caller, currency }));
      }
      return result;
    },
    { deadline },
  );
  if (!found) {
    const detail = 'You have no account to begin with: your first one is not open yet, or closed.';
    throw new QuaysideError('account_not_open', detail);
  }
  return { account: accountToWire(found.account), opened: found.opened };
}
