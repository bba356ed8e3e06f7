import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { decideCapture, decideVoid, type ApprovedCapture, type HoldCase } from '../domain/hold';
import { positiveMoney } from '../domain/money';
import { paymentCaptured, paymentVoided } from '../events/published';
import { lockAccounts } from '../store/accounts';
import { settleHold } from '../store/holds';
import {
  findPayment,
  lockPayment,
  type LockedPayment,
  type StoredPayment,
} from '../store/payments';
import { insertTransfers } from '../store/transfers';
import type { PaymentsDependencies } from './dependencies';
import { existingId } from './identifier';
import { once } from './once';
import { checkedKey } from './text';
import { paymentToWire } from './wire';

type Locked = HoldCase<LockedPayment>;

async function lock(tx: Transaction, caller: string, paymentId: string): Promise<Locked> {
  const payment = await lockPayment(tx, paymentId, caller);
  if (!payment) return { caller };
  const { payerUserId, payeeUserId, currency } = payment;
  const accounts = await lockAccounts(tx, currency, [payerUserId, payeeUserId]);
  const accountOf = (id: string) => accounts.find(({ userId }) => userId === id);
  return { caller, payment, payer: accountOf(payerUserId), payee: accountOf(payeeUserId) };
}

/** As the payment was just after it had been settled: what was refunded since is not part of that answer. */
async function find(tx: Transaction, paymentId: string, caller: string) {
  const payment = await findPayment(tx, paymentId, caller);
  return payment && { ...payment, refunded: 0n };
}

function writeCapture(
  tx: Transaction,
  { payment, amount, payer, payee }: ApprovedCapture<LockedPayment>,
): StoredPayment {
  const { paymentId, currency, description } = payment;
  // Released first, then moved: at no moment is more spent than there is.
  settleHold(tx, paymentId, 'completed', amount);
  insertTransfers(tx, [
    {
      debitAccountId: payer.accountId,
      creditAccountId: payee.accountId,
      currency,
      amount,
      kind: 'capture',
      referenceId: paymentId,
      paymentId,
      description,
    },
  ]);
  void appendToOutbox(tx, paymentCaptured(payment, amount));
  return { ...payment, status: 'completed', captured: amount };
}

function writeVoid(tx: Transaction, { payment }: { payment: LockedPayment }): StoredPayment {
  settleHold(tx, payment.paymentId, 'voided', null);
  void appendToOutbox(tx, paymentVoided(payment));
  return { ...payment, status: 'voided' };
}

/** Takes all or part of a payment that was authorized for the caller. */
export async function capturePayment(
  { database }: PaymentsDependencies,
  request: payments.CapturePaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.CapturePaymentResponse> {
  const caller = userId();
  const key = checkedKey(request.idempotencyKey);
  const paymentId = existingId(request.paymentId, 'payment');
  const money = request.amount === null ? undefined : positiveMoney(request.amount);
  const content = [paymentId, money?.amount.toString(), money?.currency];
  const payment = await once<Locked, ApprovedCapture<LockedPayment>, StoredPayment>(
    database,
    { caller, operation: 'capture', key, content },
    deadline,
    {
      resultId: paymentId,
      lock: (tx) => lock(tx, caller, paymentId),
      decide: (found) => decideCapture(money, found),
      write: writeCapture,
      find: (tx, id) => find(tx, id, caller),
    },
  );
  return { payment: paymentToWire(payment) };
}

/** Gives up a payment that was authorized for the caller. */
export async function voidPayment(
  { database }: PaymentsDependencies,
  request: payments.VoidPaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.VoidPaymentResponse> {
  const caller = userId();
  const key = checkedKey(request.idempotencyKey);
  const paymentId = existingId(request.paymentId, 'payment');
  const payment = await once<Locked, { payment: LockedPayment }, StoredPayment>(
    database,
    { caller, operation: 'void', key, content: [paymentId] },
    deadline,
    {
      resultId: paymentId,
      lock: (tx) => lock(tx, caller, paymentId),
      decide: decideVoid,
      write: writeVoid,
      find: (tx, id) => find(tx, id, caller),
    },
  );
  return { payment: paymentToWire(payment) };
}
