import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { injectTraceContext } from '@quayside/telemetry';
import type { Money } from '../domain/money';
import type { ApprovedTopUp } from '../domain/top-up';
import { findCardTopUp, insertCardTopUp } from '../store/card-top-ups';
import type { KeyedRequest } from '../store/idempotency';
import { insertTopUp, type StoredTopUp } from '../store/top-ups';
import type { PaymentsDependencies } from './dependencies';
import { once, type Made, type Operation } from './once';

/** A top-up from a card that somebody asks for, and how it is decided. */
export interface CardOrder<Sides> extends Pick<
  Operation<Sides, ApprovedTopUp, StoredTopUp>,
  'lock' | 'decide' | 'find'
> {
  keyed: KeyedRequest;
  money: Money;
  cardToken: string;
  deadline: Date;
}

/** Of what is left of the caller's time this much may be waited; the rest is for the way back. */
const SHARE_OF_DEADLINE = 0.6;

/**
 * Begins to bring in money from a card. The first worker is the request itself: the saga is written with a lease, so
 * that it is taken up by another one only when this process dies. When the outcome is not known soon, the answer is
 * that it is pending. A request that is repeated learns how the top-up stands by then.
 */
export async function createCardTopUp<Sides>(
  { database, cards }: PaymentsDependencies,
  { keyed, money, cardToken, deadline, ...operation }: CardOrder<Sides>,
): Promise<StoredTopUp> {
  if (!cards) throw new QuaysideError('not_possible', 'No cards are taken here.');
  const { worker, leaseMs, chargeWithinMs, waitMs } = cards;
  let begun: string | undefined;

  function write(
    tx: Transaction,
    { account }: ApprovedTopUp,
    { id: topUpId, createdAt }: Made,
  ): StoredTopUp {
    const topUp: StoredTopUp = { topUpId, ...money, status: 'pending', createdAt, reason: '' };
    insertTopUp(tx, topUp, account);
    const trace = injectTraceContext();
    insertCardTopUp(tx, { topUpId, cardToken, leaseMs, chargeWithinMs, trace });
    begun = topUpId;
    return topUp;
  }

  const topUp = await once<Sides, ApprovedTopUp, StoredTopUp>(database, keyed, deadline, {
    ...operation,
    write,
  });
  if (begun !== topUp.topUpId) return topUp;
  const saga = await database.transaction((tx) => findCardTopUp(tx, topUp.topUpId), { deadline });
  if (!saga) throw new Error(`A top-up without a saga: ${topUp.topUpId}`);
  const left = (deadline.getTime() - Date.now()) * SHARE_OF_DEADLINE;
  await Promise.race([worker.goOn(saga), pause(Math.max(0, Math.min(waitMs, left)))]);
  const now = await database.transaction((tx) => operation.find(tx, topUp.topUpId), { deadline });
  return now ?? topUp;
}
