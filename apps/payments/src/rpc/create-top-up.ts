import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import type { Account } from '../domain/account';
import { positiveMoney, type Money } from '../domain/money';
import { decideTopUp, type ApprovedTopUp } from '../domain/top-up';
import { topUpCompleted } from '../events/published';
import { lockAccounts, systemAccounts } from '../store/accounts';
import { findTopUp, insertTopUp, type StoredTopUp } from '../store/top-ups';
import { insertTransfers } from '../store/transfers';
import { createCardTopUp } from './create-card-top-up';
import type { PaymentsDependencies } from './dependencies';
import { once, type Made } from './once';
import { checkedCardToken, checkedKey } from './text';
import { topUpToWire } from './wire';

interface Sides {
  account: Account | undefined;
  fundingAccountId: string | undefined;
}

async function lock(tx: Transaction, userId: string, currency: string): Promise<Sides> {
  const [[account], system] = await Promise.all([
    lockAccounts(tx, currency, [userId]),
    // Not locked: they have no balance, so nothing about them changes.
    systemAccounts(tx, currency),
  ]);
  return { account, fundingAccountId: system.get('funding') };
}

/** The sandbox credits from its own funding account. */
function write(
  tx: Transaction,
  money: Money,
  { account, fundingAccountId }: ApprovedTopUp,
  { id: topUpId, createdAt }: Made,
): StoredTopUp {
  const topUp: StoredTopUp = { topUpId, ...money, status: 'completed', createdAt, reason: '' };
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

/** Brings money to the caller's account: from a card, or out of nothing in the sandbox. */
export async function createTopUp(
  dependencies: PaymentsDependencies,
  request: payments.CreateTopUpRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.CreateTopUpResponse> {
  const { database, topUpMax } = dependencies;
  const caller = userId();
  const key = checkedKey(request.idempotencyKey);
  const money = positiveMoney(request.amount);
  if (money.amount > topUpMax) {
    throw new QuaysideError('invalid_request', `A top-up is at most ${topUpMax} minor units.`);
  }
  const cardToken = checkedCardToken(request.cardToken);
  const content = [money.amount.toString(), money.currency, cardToken];
  const keyed = { caller, operation: 'top_up', key, content } as const;
  const operation = {
    lock: (tx: Transaction) => lock(tx, caller, money.currency),
    decide: ({ account, fundingAccountId }: Sides) =>
      decideTopUp(money.currency, account, fundingAccountId),
    find: (tx: Transaction, id: string) => findTopUp(tx, id, caller),
  };
  if (cardToken !== '') {
    const topUp = await createCardTopUp(dependencies, {
      ...{ keyed, money, cardToken, deadline },
      ...operation,
    });
    return { topUp: topUpToWire(topUp) };
  }
  const topUp = await once<Sides, ApprovedTopUp, StoredTopUp>(database, keyed, deadline, {
    ...operation,
    write: (tx, approved, made) => write(tx, money, approved, made),
  });
  return { topUp: topUpToWire(topUp) };
}
