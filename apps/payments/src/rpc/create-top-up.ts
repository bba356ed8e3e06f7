import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import type { Account } from '../domain/account';
import { positiveMoney, type Money } from '../domain/money';
import { decideTopUp, type ApprovedTopUp } from '../domain/top-up';
import { topUpCompleted } from '../events/published';
import { fundingAccount, lockAccounts } from '../store/accounts';
import { findTopUp, insertTopUp, type StoredTopUp } from '../store/top-ups';
import { insertTransfers } from '../store/transfers';
import type { PaymentsDependencies } from './dependencies';
import { once, type Made } from './once';
import { checkedKey } from './text';
import { topUpToWire } from './wire';

interface Sides {
  account: Account | undefined;
  fundingAccountId: string | undefined;
}

async function lock(tx: Transaction, userId: string, currency: string): Promise<Sides> {
  const [[account], fundingAccountId] = await Promise.all([
    lockAccounts(tx, currency, [userId]),
    // Not locked: it has no balance, so nothing about it changes.
    fundingAccount(tx, currency),
  ]);
  return { account, fundingAccountId };
}

/** The sandbox credits from its own funding account. */
function write(
  tx: Transaction,
  money: Money,
  { account, fundingAccountId }: ApprovedTopUp,
  { id: topUpId, createdAt }: Made,
): StoredTopUp {
  const topUp: StoredTopUp = { topUpId, ...money, status: 'completed', createdAt };
  insertTransfers(tx, [
    {
      debitAccountId: fundingAccountId,
      creditAccountId: account.accountId,
      ...money,
      kind: 'top_up',
      referenceId: topUpId,
      paymentId: null,
      description: 'Top-up',
    },
  ]);
  insertTopUp(tx, topUp, account);
  void appendToOutbox(tx, topUpCompleted(topUp, account));
  return topUp;
}

/** Credits the caller's account. */
export async function createTopUp(
  { database, topUpMax }: PaymentsDependencies,
  request: payments.CreateTopUpRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.CreateTopUpResponse> {
  const caller = userId();
  const key = checkedKey(request.idempotencyKey);
  const money = positiveMoney(request.amount);
  if (money.amount > topUpMax) {
    throw new QuaysideError('invalid_request', `A top-up is at most ${topUpMax} minor units.`);
  }
  const content = [money.amount.toString(), money.currency, request.cardToken];
  const topUp = await once<Sides, ApprovedTopUp, StoredTopUp>(
    database,
    { caller, operation: 'top_up', key, content },
    deadline,
    {
      lock: (tx) => lock(tx, caller, money.currency),
      decide: ({ account, fundingAccountId }) =>
        decideTopUp(money.currency, account, fundingAccountId),
      write: (tx, approved, made) => write(tx, money, approved, made),
      find: (tx, id) => findTopUp(tx, id, caller),
    },
  );
  return { topUp: topUpToWire(topUp) };
}
