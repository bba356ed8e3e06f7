import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { paymentCompleted } from '../events/published';
import { positiveMoney, type Money } from '../domain/money';
import { decidePayment, isRefusal } from '../domain/payment';
import type { Refusal } from '../domain/refusal';
import { lockSides, userOfHandle } from '../store/accounts';
import { findPayment, insertPayment, type StoredPayment } from '../store/payments';
import type { PaymentsDependencies } from './dependencies';
import { once } from './once';
import { paymentToWire } from './wire';

const DESCRIPTION_MAX = 140;

interface Wanted {
  payerUserId: string;
  toHandle: string;
  money: Money;
  description: string;
}

function checkDescription(description: string): void {
  if (description.length <= DESCRIPTION_MAX) return;
  throw new QuaysideError(
    'invalid_request',
    `The description may have ${DESCRIPTION_MAX} characters.`,
  );
}

/** Locks, decides, writes. */
async function pay(
  tx: Transaction,
  paymentId: string,
  { payerUserId, toHandle, money, description }: Wanted,
): Promise<StoredPayment | Refusal> {
  const accounts = await lockSides(tx, money.currency, payerUserId, toHandle);
  const payer = accounts.find(({ userId }) => userId === payerUserId);
  const payee = accounts.find(({ handle }) => handle === toHandle);
  // Only when no account tells: does anybody have the handle?
  const payeeUserId = payee?.userId ?? (await userOfHandle(tx, toHandle));
  const decision = decidePayment(money, {
    payer,
    payee,
    payeeKnown: payeeUserId !== undefined,
    same: payeeUserId === payerUserId,
  });
  if (isRefusal(decision)) return decision;
  const payment = await insertPayment(tx, {
    paymentId,
    payerUserId,
    payerHandle: decision.payer.handle,
    payerAccountId: decision.payer.accountId,
    payeeUserId: decision.payee.userId,
    payeeHandle: decision.payee.handle,
    payeeAccountId: decision.payee.accountId,
    description,
    ...money,
  });
  await appendToOutbox(tx, paymentCompleted(payment));
  return payment;
}

/** A refund may have come since: the first answer is the payment as it was made. */
const asMade = (payment: StoredPayment | undefined): StoredPayment | undefined =>
  payment && { ...payment, refunded: 0n };

/** Moves money from the caller to whoever has the handle. */
export async function createPayment(
  { database }: PaymentsDependencies,
  request: payments.CreatePaymentRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.CreatePaymentResponse> {
  const payerUserId = userId();
  const money = positiveMoney(request.amount);
  const { toHandle, description, idempotencyKey: key } = request;
  checkDescription(description);
  const content = [toHandle, money.amount.toString(), money.currency, description];
  const payment = await once<StoredPayment>(
    database,
    { caller: payerUserId, operation: 'payment', key, content },
    deadline,
    {
      decide: (tx, id) => pay(tx, id, { payerUserId, toHandle, money, description }),
      find: async (tx, id) => asMade(await findPayment(tx, id, payerUserId)),
    },
  );
  return { payment: paymentToWire(payment) };
}
