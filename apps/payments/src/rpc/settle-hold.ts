import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { feeOf, isFree, type FeeRule } from '../domain/fee';
import { decideCapture, decideVoid, type ApprovedCapture, type HoldCase } from '../domain/hold';
import { positiveMoney } from '../domain/money';
import { paymentCaptured, paymentVoided } from '../events/published';
import { feesAccounts, lockAccounts } from '../store/accounts';
import { settleHold } from '../store/holds';
import {
  findPayment,
  lockPayment,
  type LockedPayment,
  type StoredPayment,
} from '../store/payments';
import { feeTransfer, insertTransfers } from '../store/transfers';
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
  { fees, feesAccountId }: { fees: FeeRule; feesAccountId: string | undefined },
): StoredPayment {
  const { paymentId, currency, description } = payment;
  const fee = feeOf({ amount, currency }, fees);
  // Released first, then moved: at no moment is more spent than there is.
  settleHold(tx, paymentId, 'completed', { captured: amount, fee });
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
    ...feeTransfer({ paymentId, currency, fee }, payee, feesAccountId),
  ]);
  void appendToOutbox(tx, paymentCaptured(payment, amount));
  return { ...payment, status: 'completed', captured: amount, fee };
}

function writeVoid(tx: Transaction, { payment }: { payment: LockedPayment }): StoredPayment {
  settleHold(tx, payment.paymentId, 'voided', { captured: null, fee: 0n });
  void appendToOutbox(tx, paymentVoided(payment));
  return { ...payment, status: 'voided' };
}

/** Takes all or part of a payment that was authorized for the caller. */
export async function capturePayment(
  { database, fees }: PaymentsDependencies,
  request: payments.CapturePaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.CapturePaymentResponse> {
  const caller = userId();
  const key = checkedKey(request.idempotencyKey);
  const paymentId = existingId(request.paymentId, 'payment');
  const money = request.amount === null ? undefined : positiveMoney(request.amount);
  const content = [paymentId, money?.amount.toString(), money?.currency];
  let feesOf = new Map<string, string>();
  const payment = await once<Locked, ApprovedCapture<LockedPayment>, StoredPayment>(
    database,
    { caller, operation: 'capture', key, content },
    deadline,
    {
      resultId: paymentId,
      async lock(tx) {
        const locked = await lock(tx, caller, paymentId);
        if (!isFree(fees)) feesOf = await feesAccounts(tx);
        return locked;
      },
      decide: (found) => decideCapture(money, found),
      write: (tx, approved) =>
        writeCapture(tx, approved, {
          fees,
          feesAccountId: feesOf.get(approved.payment.currency),
        }),
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
