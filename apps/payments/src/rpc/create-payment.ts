import type { payments } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { positiveMoney, type Money } from '../domain/money';
import { decidePayment, type Approved, type Sides } from '../domain/payment';
import { paymentCompleted } from '../events/published';
import { lockSides, userOfHandle } from '../store/accounts';
import { findPayment, insertPayment, type StoredPayment } from '../store/payments';
import type { PaymentsDependencies } from './dependencies';
import { once, type Made } from './once';
import { checkedKey, checkedText } from './text';
import { paymentToWire } from './wire';

interface Wanted {
  payerUserId: string;
  toHandle: string;
  money: Money;
  description: string;
}

async function lock(
  tx: Transaction,
  { payerUserId, toHandle, money: { currency } }: Wanted,
): Promise<Sides> {
  const accounts = await lockSides(tx, currency, payerUserId, toHandle);
  const payer = accounts.find(({ userId }) => userId === payerUserId);
  const payee = accounts.find(({ handle }) => handle === toHandle);
  // Only when no account tells: does anybody have the handle?
  const payeeUserId = payee?.userId ?? (await userOfHandle(tx, toHandle));
  return { payer, payee, payeeKnown: payeeUserId !== undefined, same: payeeUserId === payerUserId };
}

function write(
  tx: Transaction,
  { money, description }: Wanted,
  { payer, payee }: Approved,
  { id: paymentId, createdAt }: Made,
): StoredPayment {
  const payment: StoredPayment = {
    paymentId,
    payerUserId: payer.userId,
    payerHandle: payer.handle,
    payeeUserId: payee.userId,
    payeeHandle: payee.handle,
    ...money,
    refunded: 0n,
    description,
    createdAt,
  };
  insertPayment(tx, payment, { payer: payer.accountId, payee: payee.accountId });
  void appendToOutbox(tx, paymentCompleted(payment));
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
  const key = checkedKey(request.idempotencyKey);
  const money = positiveMoney(request.amount);
  const toHandle = checkedText(request.toHandle, { path: '/toHandle', min: 1, max: 255 });
  const description = checkedText(request.description, { path: '/description', max: 140 });
  const wanted = { payerUserId, toHandle, money, description };
  const content = [toHandle, money.amount.toString(), money.currency, description];
  const payment = await once<Sides, Approved, StoredPayment>(
    database,
    { caller: payerUserId, operation: 'payment', key, content },
    deadline,
    {
      lock: (tx) => lock(tx, wanted),
      decide: (sides) => decidePayment(money, sides),
      write: (tx, approved, made) => write(tx, wanted, approved, made),
      find: async (tx, id) => asMade(await findPayment(tx, id, payerUserId)),
    },
  );
  return { payment: paymentToWire(payment) };
}
