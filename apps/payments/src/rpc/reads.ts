import type { payments } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { findAccounts } from '../store/accounts';
import { findPayment } from '../store/payments';
import { findEntries, ownsAccount } from '../store/statement';
import { findTopUp } from '../store/top-ups';
import type { PaymentsDependencies } from './dependencies';
import { existingId, notFound } from './identifier';
import { accountToWire, entryToWire, paymentToWire, topUpToWire } from './wire';

const PAGE = 20;
const LARGEST_PAGE = 100;
const NEWEST = 2n ** 63n - 1n;

/** The caller's accounts. */
export async function listAccounts(
  { database }: PaymentsDependencies,
  { userId, deadline }: CallContext,
): Promise<payments.ListAccountsResponse> {
  const accounts = await findAccounts(database, userId(), deadline);
  return { accounts: accounts.map(accountToWire) };
}

/** Cursors are entry numbers, in a form that nobody is tempted to count with. */
const toCursor = (entryNumber: bigint) => Buffer.from(`e${entryNumber}`).toString('base64url');

function fromCursor(cursor: string): bigint {
  if (cursor === '') return NEWEST;
  const [, digits] = /^e(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits !== undefined) return BigInt(digits);
  throw new QuaysideError('invalid_request', 'The cursor is not one of ours. Start without one.');
}

/** A page of one of the caller's accounts. */
export async function getStatement(
  { database }: PaymentsDependencies,
  request: payments.GetStatementRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.GetStatementResponse> {
  const accountId = existingId(request.accountId, 'account');
  const limit = request.limit === 0 ? PAGE : Math.min(Math.max(request.limit, 1), LARGEST_PAGE);
  const before = fromCursor(request.cursor);
  const [owned, found] = await database.transaction(
    (tx) =>
      Promise.all([
        ownsAccount(tx, accountId, userId()),
        // One more than asked for tells whether there is a next page.
        findEntries(tx, { accountId, before, limit: limit + 1 }),
      ]),
    { deadline },
  );
  if (!owned) throw notFound('account');
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  const more = found.length > limit && last !== undefined;
  return {
    entries: entries.map(entryToWire),
    nextCursor: more ? toCursor(last.entryNumber) : '',
  };
}

/** A payment that the caller made or received. */
export async function getPayment(
  { database }: PaymentsDependencies,
  request: payments.GetPaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.GetPaymentResponse> {
  const paymentId = existingId(request.paymentId, 'payment');
  const payment = await database.transaction((tx) => findPayment(tx, paymentId, userId()), {
    deadline,
  });
  if (!payment) throw notFound('payment');
  return { payment: paymentToWire(payment) };
}

/** One of the caller's top-ups. */
export async function getTopUp(
  { database }: PaymentsDependencies,
  request: payments.GetTopUpRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.GetTopUpResponse> {
  const topUpId = existingId(request.topUpId, 'top-up');
  const topUp = await database.transaction((tx) => findTopUp(tx, topUpId, userId()), { deadline });
  if (!topUp) throw notFound('top-up');
  return { topUp: topUpToWire(topUp) };
}
