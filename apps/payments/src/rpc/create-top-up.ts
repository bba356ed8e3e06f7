import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { positiveMoney, type Money } from '../domain/money';
import { refuse, type Refusal } from '../domain/refusal';
import { topUpCompleted } from '../events/published';
import { fundingAccount, lockAccounts } from '../store/accounts';
import { findTopUp, insertTopUp, type StoredTopUp } from '../store/top-ups';
import { insertTransfer } from '../store/transfers';
import type { PaymentsDependencies } from './dependencies';
import { once } from './once';
import { topUpToWire } from './wire';

/** Locks, decides, writes: the sandbox credits from its own funding account. */
async function topUp(
  tx: Transaction,
  topUpId: string,
  { userId, money }: { userId: string; money: Money },
): Promise<StoredTopUp | Refusal> {
  const { currency, amount } = money;
  const [account] = await lockAccounts(tx, currency, [userId]);
  const funding = await fundingAccount(tx, currency);
  if (!account || !funding) return refuse('account_not_open', `You have no ${currency} account.`);
  if (account.status !== 'open') {
    return refuse('account_not_usable', `Your account is ${account.status}.`);
  }
  const { accountId } = account;
  await insertTransfer(tx, {
    debitAccountId: funding,
    creditAccountId: accountId,
    currency,
    amount,
    kind: 'top_up',
    referenceId: topUpId,
    paymentId: null,
    description: 'Top-up',
  });
  const stored = await insertTopUp(tx, { topUpId, userId, accountId, currency, amount });
  await appendToOutbox(tx, topUpCompleted(stored, { userId, accountId }));
  return stored;
}

/** Credits the caller's account. */
export async function createTopUp(
  { database, topUpMax }: PaymentsDependencies,
  request: payments.CreateTopUpRequest__Output,
  { userId: callerId, deadline }: CallContext,
): Promise<payments.CreateTopUpResponse> {
  const userId = callerId();
  const money = positiveMoney(request.amount);
  if (money.amount > topUpMax) {
    throw new QuaysideError('invalid_request', `A top-up is at most ${topUpMax} minor units.`);
  }
  const content = [money.amount.toString(), money.currency, request.cardToken];
  const stored = await once<StoredTopUp>(
    database,
    { caller: userId, operation: 'top_up', key: request.idempotencyKey, content },
    deadline,
    {
      decide: (tx, id) => topUp(tx, id, { userId, money }),
      find: (tx, id) => findTopUp(tx, id, userId),
    },
  );
  return { topUp: topUpToWire(stored) };
}
