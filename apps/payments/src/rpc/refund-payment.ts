import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { positiveMoney, type Money } from '../domain/money';
import { isRefusal } from '../domain/payment';
import { decideRefund } from '../domain/refund';
import { refuse, type Refusal } from '../domain/refusal';
import { paymentRefunded } from '../events/published';
import { lockAccounts } from '../store/accounts';
import { lockPayment } from '../store/payments';
import { findRefund, insertRefund, type StoredRefund } from '../store/refunds';
import { insertTransfer } from '../store/transfers';
import type { PaymentsDependencies } from './dependencies';
import { existingId } from './identifier';
import { once } from './once';
import { refundToWire } from './wire';

interface Wanted {
  caller: string;
  paymentId: string;
  money: Money | undefined;
}

/** Locks, decides, writes. */
async function refund(
  tx: Transaction,
  refundId: string,
  { caller, paymentId, money }: Wanted,
): Promise<StoredRefund | Refusal> {
  const payment = await lockPayment(tx, paymentId, caller);
  // To a stranger the payment does not exist.
  if (!payment) return refuse('not_found', 'There is no such payment.');
  const { payerUserId, payeeUserId, currency } = payment;
  const accounts = await lockAccounts(tx, currency, [payerUserId, payeeUserId]);
  const decision = decideRefund(payment, money, {
    caller,
    payer: accounts.find(({ userId }) => userId === payerUserId),
    payee: accounts.find(({ userId }) => userId === payeeUserId),
  });
  if (isRefusal(decision)) return decision;
  const { amount, payer, payee } = decision;
  await insertTransfer(tx, {
    debitAccountId: payee.accountId,
    creditAccountId: payer.accountId,
    currency,
    amount,
    kind: 'refund',
    referenceId: refundId,
    paymentId,
    description: payment.description === '' ? 'Refund' : `Refund: ${payment.description}`,
  });
  const refunded = await insertRefund(tx, { refundId, paymentId, currency, amount });
  await appendToOutbox(tx, paymentRefunded(payment, refunded));
  return refunded;
}

/** Gives back all or part of a payment that the caller received. */
export async function refundPayment(
  { database }: PaymentsDependencies,
  request: payments.RefundPaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.RefundPaymentResponse> {
  const caller = userId();
  const paymentId = existingId(request.paymentId, 'payment');
  const money = request.amount === null ? undefined : positiveMoney(request.amount);
  const content = [paymentId, money?.amount.toString(), money?.currency];
  const refunded = await once<StoredRefund>(
    database,
    { caller, operation: 'refund', key: request.idempotencyKey, content },
    deadline,
    { decide: (tx, id) => refund(tx, id, { caller, paymentId, money }), find: findRefund },
  );
  return { refund: refundToWire(refunded) };
}
