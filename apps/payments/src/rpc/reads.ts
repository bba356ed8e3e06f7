import type { payments } from '@quayside/contracts';
import type { CallContext } from '@quayside/rpc';
import { findAccounts } from '../store/accounts';
import { findPayment } from '../store/payments';
import { findTopUp } from '../store/top-ups';
import type { PaymentsDependencies } from './dependencies';
import { existingId, notFound } from './identifier';
import { accountToWire, paymentToWire, topUpToWire } from './wire';

/** The caller's accounts. */
export async function listAccounts(
  { database }: PaymentsDependencies,
  { userId, deadline }: CallContext,
): Promise<payments.ListAccountsResponse> {
  const accounts = await findAccounts(database, userId(), deadline);
  return { accounts: accounts.map(accountToWire) };
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
