import { toTimestamp, type payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { closingRefused } from '../domain/closing';
import { toError } from '../domain/refusal';
import { userAccountsClosed } from '../events/published';
import { countRequest } from '../metrics';
import { lockAccountsOf } from '../store/account-changes';
import { closeAccountsOf, closedSince, findOpenAffairs, takeHandleAway } from '../store/closures';
import type { PaymentsDependencies } from './dependencies';

/** All or nothing: a refusal is thrown, and takes back that the handle was taken away. */
async function close(tx: Transaction, userId: string): Promise<{ closedAt: Date; now: boolean }> {
  await takeHandleAway(tx, userId);
  const before = await closedSince(tx, userId);
  if (before) return { closedAt: before, now: false };
  const accounts = await lockAccountsOf(tx, userId);
  // Each with a statement of its own after the locks: what was under way when they were waited for has been decided.
  const refusal = closingRefused({ accounts, ...(await findOpenAffairs(tx, userId)) });
  if (refusal) throw toError(refusal);
  const closedAt = await closeAccountsOf(tx, userId);
  await appendToOutbox(tx, userAccountsClosed({ userId }));
  return { closedAt, now: true };
}

/** Closes all accounts of the caller for good, and announces it: whoever keeps something of the user erases it then. */
export async function closeAccounts(
  { database }: PaymentsDependencies,
  { userId, deadline }: CallContext,
): Promise<payments.CloseAccountsResponse> {
  const caller = userId();
  try {
    const { closedAt, now } = await database.transaction((tx) => close(tx, caller), { deadline });
    countRequest('close', now ? 'done' : 'replayed');
    return { closedAt: toTimestamp(closedAt) };
  } catch (error) {
    if (error instanceof QuaysideError) countRequest('close', error.code);
    throw error;
  }
}
