import type { Database, Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import type { TraceHeaders } from '@quayside/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { feeOf, isFree, type FeeRule } from '../domain/fee';
import type { Limits } from '../domain/limits';
import { LockedAccounts } from '../domain/locked-accounts';
import type { Money } from '../domain/money';
import { decidePayment, type Approved } from '../domain/payment';
import { isRefusal, type Refusal } from '../domain/refusal';
import { paymentAuthorized, paymentCompleted } from '../events/published';
import { feesAccounts, lockSides, usersOfHandles } from '../store/accounts';
import { keepRefusals, takeKeys, type KeyedRequest, type Taken } from '../store/idempotency';
import { findPayment, insertPayments, type StoredPayment } from '../store/payments';
import { feeTransfer, insertTransfers } from '../store/transfers';
import type { Groupable } from './group-commit';
import type { Outcome } from './outcome';

/** A payment that somebody asks for. */
export interface PaymentOrder extends Groupable {
  request: KeyedRequest;
  toHandle: string;
  money: Money;
  description: string;
  /** Absent: the money moves at once. Else it is set aside for so many milliseconds. */
  holdMs?: number;
  /** The trace that its event continues. */
  trace: TraceHeaders;
}

/** By what payments are decided beside the money that is there. */
export interface PostingRules {
  fees: FeeRule;
  limits: Limits;
}

interface Posted {
  payment: StoredPayment;
  approved: Approved;
  trace: TraceHeaders;
}

const sidesWanted = ({ request, toHandle, money }: PaymentOrder) => ({
  payerUserId: request.caller,
  toHandle,
  currency: money.currency,
});

async function lock(tx: Transaction, orders: readonly PaymentOrder[]): Promise<LockedAccounts> {
  const accounts = await lockSides(tx, orders.map(sidesWanted));
  const payees = new Set(accounts.map(({ handle, currency }) => `${handle} ${currency}`));
  // Only where no account in the currency tells: does anybody have the handle?
  const unknown = orders.filter(
    ({ toHandle, money }) => !payees.has(`${toHandle} ${money.currency}`),
  );
  const handles = unknown.map(({ toHandle }) => toHandle);
  return new LockedAccounts(accounts, await usersOfHandles(tx, handles));
}

function decide(
  accounts: LockedAccounts,
  { request, toHandle, money, description, holdMs, trace }: PaymentOrder,
  { paymentId, createdAt }: { paymentId: string; createdAt: Date },
  { fees, limits }: PostingRules,
): Posted | Refusal {
  const sides = accounts.sidesOf(request.caller, toHandle, money.currency);
  const decision = decidePayment(money, sides, limits);
  if (isRefusal(decision)) return decision;
  const expiresAt = holdMs === undefined ? null : new Date(createdAt.getTime() + holdMs);
  // The fee of a hold is due when it is captured.
  const fee = expiresAt ? 0n : feeOf(money, fees);
  if (expiresAt) accounts.hold(decision, money.amount);
  else accounts.move(decision, money.amount, fee);
  const { payer, payee } = decision;
  const payment: StoredPayment = {
    paymentId,
    payerUserId: payer.userId,
    payerHandle: payer.handle,
    payeeUserId: payee.userId,
    payeeHandle: payee.handle,
    ...money,
    status: expiresAt ? 'authorized' : 'completed',
    captured: null,
    expiresAt,
    fee,
    refunded: 0n,
    description,
    createdAt,
  };
  return { payment, approved: decision, trace };
}

/** The first answer once more. */
async function replay(
  tx: Transaction,
  caller: string,
  taken: Exclude<Taken, { at: Date }>,
): Promise<Outcome<StoredPayment>> {
  if ('error' in taken) return { failure: taken.error };
  if ('refusal' in taken) return { answer: taken.refusal, replayed: true };
  const payment = await findPayment(tx, taken.resultId, caller);
  if (!payment) throw new Error(`A key points to nothing: ${taken.resultId}`);
  // A capture or refund may have come since: the first answer is the payment as it was made.
  const status = payment.expiresAt ? 'authorized' : 'completed';
  const fee = payment.expiresAt ? 0n : payment.fee;
  return { answer: { ...payment, status, captured: null, fee, refunded: 0n }, replayed: true };
}

function write(
  tx: Transaction,
  posted: readonly Posted[],
  feesOf: ReadonlyMap<string, string>,
): void {
  // First what moves: a hold may be of money that came in just before it.
  const moved = posted.filter(({ payment }) => payment.status === 'completed');
  insertTransfers(
    tx,
    moved.flatMap(({ payment, approved }) => [
      {
        debitAccountId: approved.payer.accountId,
        creditAccountId: approved.payee.accountId,
        currency: payment.currency,
        amount: payment.amount,
        kind: 'payment' as const,
        referenceId: payment.paymentId,
        paymentId: payment.paymentId,
        description: payment.description,
      },
      ...feeTransfer(payment, approved.payee, feesOf.get(payment.currency)),
    ]),
  );
  insertPayments(
    tx,
    posted.map(({ payment }) => payment),
  );
  void appendToOutbox(
    tx,
    ...posted.map(({ payment, trace }) => ({
      ...(payment.expiresAt ? paymentAuthorized(payment) : paymentCompleted(payment)),
      trace,
    })),
  );
}

/**
 * Posts payments in one transaction and two round trips: takes their keys and locks their accounts, decides them in
 * their order, each seeing the ones before it, and writes what was decided. One outcome for each. The identities of
 * the orders must differ.
 */
export function postPayments(
  database: Database,
  orders: readonly PaymentOrder[],
  deadline: Date,
  rules: PostingRules,
): Promise<Outcome<StoredPayment>[]> {
  return database.transaction(
    async (tx) => {
      const claims = orders.map(({ request }) => ({ request, resultId: uuidv7() }));
      // Sent together, done in this order: nobody waits for a key while holding an account. For what turns out to
      // be a replay the locks are not needed, and harmless.
      const [taken, accounts, feesOf] = await Promise.all([
        takeKeys(tx, claims),
        lock(tx, orders),
        isFree(rules.fees) ? new Map<string, string>() : feesAccounts(tx),
      ]);
      const outcomes: Outcome<StoredPayment>[] = [];
      const posted: Posted[] = [];
      const refused: { request: KeyedRequest; refusal: Refusal }[] = [];
      for (const [index, order] of orders.entries()) {
        const key = taken[index];
        if (!key) throw new Error('A payment without a key');
        if (!('at' in key)) {
          outcomes.push(await replay(tx, order.request.caller, key));
          continue;
        }
        const paymentId = claims[index]?.resultId ?? '';
        const decision = decide(accounts, order, { paymentId, createdAt: key.at }, rules);
        if (isRefusal(decision)) refused.push({ request: order.request, refusal: decision });
        else posted.push(decision);
        outcomes.push({
          answer: isRefusal(decision) ? decision : decision.payment,
          replayed: false,
        });
      }
      write(tx, posted, feesOf);
      keepRefusals(tx, refused);
      return outcomes;
    },
    { deadline },
  );
}
