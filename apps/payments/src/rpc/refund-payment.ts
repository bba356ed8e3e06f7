import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { positiveMoney } from '../domain/money';
import { decideRefund, type ApprovedRefund, type RefundCase } from '../domain/refund';
import { paymentRefunded } from '../events/published';
import { lockAccounts } from '../store/accounts';
import { lockPayment, type StoredPayment } from '../store/payments';
import { findRefund, insertRefund, type StoredRefund } from '../store/refunds';
import { insertTransfers } from '../store/transfers';
import type { PaymentsDependencies } from './dependencies';
import { existingId } from './identifier';
import { once, type Made } from './once';
import { checkedKey } from './text';
import { refundToWire } from './wire';

async function lock(
  tx: Transaction,
  caller: string,
  paymentId: string,
): Promise<RefundCase<StoredPayment>> {
  const payment = await lockPayment(tx, paymentId, caller);
  if (!payment) return { caller };
  const { payerUserId, payeeUserId, currency } = payment;
  const accounts = await lockAccounts(tx, currency, [payerUserId, payeeUserId]);
  const accountOf = (id: string) => accounts.find(({ userId }) => userId === id);
  return { caller, payment, payer: accountOf(payerUserId), payee: accountOf(payeeUserId) };
}

function write(
  tx: Transaction,
  { amount, payment, payer, payee }: ApprovedRefund<StoredPayment>,
  { id: refundId, createdAt }: Made,
): StoredRefund {
  const { paymentId, currency, description } = payment;
  const refund = { refundId, paymentId, currency, amount, createdAt };
  insertTransfers(tx, [
    {
      debitAccountId: payee.accountId,
      creditAccountId: payer.accountId,
      currency,
      amount,
      kind: 'refund',
      referenceId: refundId,
      paymentId,
      description: description === '' ? 'Refund' : `Refund: ${description}`,
    },
  ]);
  insertRefund(tx, refund);
  void appendToOutbox(tx, paymentRefunded(payment, refund));
  return refund;
}

/** Gives back all or part of a payment that the caller received. */
export async function refundPayment(
  { database }: PaymentsDependencies,
  request: payments.RefundPaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.RefundPaymentResponse> {
  const caller = userId();
  const key = checkedKey(request.idempotencyKey);
  const paymentId = existingId(request.paymentId, 'payment');
  const money = request.amount === null ? undefined : positiveMoney(request.amount);
  const content = [paymentId, money?.amount.toString(), money?.currency];
  const refund = await once<RefundCase<StoredPayment>, ApprovedRefund<StoredPayment>, StoredRefund>(
    database,
    { caller, operation: 'refund', key, content },
    deadline,
    {
      lock: (tx) => lock(tx, caller, paymentId),
      decide: (found) => decideRefund(money, found),
      write,
      find: findRefund,
    },
  );
  return { refund: refundToWire(refund) };
}
