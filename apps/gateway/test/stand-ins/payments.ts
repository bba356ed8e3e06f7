import type { payments } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { v7 as uuidv7 } from 'uuid';
import type { Method } from './stand-in';
import { eur, moment, type World } from './world';

/** A bank with one balance per user; an account has its owner's id. No idempotency: it is not the subject here. */
export function paymentsMethods(world: World): Record<string, Method> {
  const accountOf = (userId: string) => {
    const balance = world.balances.get(userId);
    if (balance === undefined)
      throw new QuaysideError('account_not_open', 'Your account is not open yet.');
    return balance;
  };
  const accountsOf = (userId: string) => {
    const balance = world.balances.get(userId);
    if (balance === undefined) return [];
    const status = 'ACCOUNT_STATUS_OPEN';
    const money = eur(balance);
    return [{ accountId: userId, balance: money, held: eur(0n), available: money, status }];
  };
  const existing = (accountId: string) => {
    const [account] = accountsOf(accountId);
    if (!account) throw new QuaysideError('not_found', 'There is no such account.');
    return account;
  };
  const handleOf = (userId: string) => world.people.get(userId)?.handle ?? '';
  const heldFor = (payee: string, paymentId: string) => {
    const payment = world.payments.get(paymentId);
    if (payment?.payee !== payee) throw new QuaysideError('not_found', 'There is no such payment.');
    if (payment.status !== 'PAYMENT_STATUS_AUTHORIZED')
      throw new QuaysideError('not_a_hold', 'That is no hold.');
    return payment;
  };
  const settled = (payment: ReturnType<typeof heldFor>) => {
    world.payments.set(payment.paymentId, payment);
    return { payment };
  };
  return {
    ListAccounts(_request, context) {
      return { accounts: accountsOf(context.userId()) };
    },
    OpenAccount({ currency }: payments.OpenAccountRequest__Output, context) {
      accountOf(context.userId());
      const none = { amount: '0', currency };
      const status = 'ACCOUNT_STATUS_OPEN';
      const account = { accountId: context.userId(), balance: none, held: none, available: none };
      return { account: { ...account, status }, opened: currency !== 'EUR' };
    },
    ListAccountsOf: ({ userId }: { userId: string }) => ({ accounts: accountsOf(userId) }),
    FreezeAccount: ({ accountId }: { accountId: string }) => ({
      account: { ...existing(accountId), status: 'ACCOUNT_STATUS_FROZEN' },
    }),
    UnfreezeAccount: ({ accountId }: { accountId: string }) => ({ account: existing(accountId) }),
    CloseAccounts(_request, context) {
      if (accountOf(context.userId()) > 0n)
        throw new QuaysideError('account_not_empty', 'There is money in your account.');
      return { closedAt: moment };
    },
    GetStatement(
      { accountId, cursor, limit, from: begin }: payments.GetStatementRequest__Output,
      context,
    ) {
      if (accountId !== context.userId())
        throw new QuaysideError('not_found', 'There is no such account.');
      const all = [3, 2, 1].map((number) => ({
        entryId: uuidv7(),
        entryNumber: String(number),
        amount: eur(number === 2 ? -5n : 10n),
        balanceAfter: eur(BigInt(number) * 5n),
        paymentId: number === 1 ? '' : uuidv7(),
        description: number === 1 ? 'Top-up' : 'Lunch',
        createdAt: moment,
      }));
      const from = cursor === '' ? 0 : Number(cursor);
      const next = from + limit < all.length ? String(from + limit) : '';
      const limits = begin ? { openingBalance: eur(0n), closingBalance: eur(15n) } : {};
      return { entries: all.slice(from, from + limit), nextCursor: next, ...limits };
    },
    CreateTopUp({ amount, cardToken }: payments.CreateTopUpRequest__Output, context) {
      const userId = context.userId();
      const balance = accountOf(userId);
      const topUpId = uuidv7();
      const later = cardToken === 'tok_answers-late';
      const status = later ? 'TOP_UP_STATUS_PENDING' : 'TOP_UP_STATUS_COMPLETED';
      if (!later) world.balances.set(userId, balance + BigInt(amount?.amount ?? 0));
      const topUp = {
        topUpId,
        userId,
        status,
        amount,
        createdAt: moment,
        failureReason: '',
      } as const;
      world.topUps.set(topUpId, topUp);
      return { topUp };
    },
    GetTopUp({ topUpId }: { topUpId: string }, context) {
      const topUp = world.topUps.get(topUpId);
      if (topUp?.userId !== context.userId())
        throw new QuaysideError('not_found', 'There is no such top-up.');
      return { topUp };
    },
    RecordProcessorEvent({ eventId }: payments.RecordProcessorEventRequest__Output) {
      const duplicate = world.processorEvents.has(eventId);
      world.processorEvents.add(eventId);
      return { duplicate };
    },
    ListTopUpsNeedingAttention({ limit }: { limit: number }) {
      const given = [...world.topUps.values()].filter(({ topUpId }) => world.givenUp.has(topUpId));
      const topUps = given.slice(0, limit).map(({ userId, ...topUp }) => ({
        ...{ topUp, userId, accountId: userId, since: moment },
        ...{ reason: 'charge_unanswered', chargeId: '' },
      }));
      return { topUps, total: given.length };
    },
    ResumeTopUp({ topUpId }: { topUpId: string }) {
      if (!world.topUps.has(topUpId))
        throw new QuaysideError('not_found', 'There is no such top-up.');
      if (!world.givenUp.delete(topUpId))
        throw new QuaysideError('not_possible', 'The top-up does not wait for anybody.');
      return {};
    },
    CreatePayment(request: payments.CreatePaymentRequest__Output, context) {
      const payer = context.userId();
      const payee = world.handles.get(request.toHandle);
      if (payee === undefined) throw new QuaysideError('unknown_payee', 'Nobody has that handle.');
      if (payee === payer) throw new QuaysideError('same_account', 'You cannot pay yourself.');
      const amount = BigInt(request.amount?.amount ?? 0);
      const balance = accountOf(payer);
      if (balance < amount)
        throw new QuaysideError('insufficient_funds', 'The money does not suffice.');
      const { authorizeOnly } = request;
      world.balances.set(payer, balance - amount);
      if (!authorizeOnly) world.balances.set(payee, accountOf(payee) + amount);
      const payment = {
        paymentId: uuidv7(),
        status: authorizeOnly ? 'PAYMENT_STATUS_AUTHORIZED' : 'PAYMENT_STATUS_COMPLETED',
        fromHandle: handleOf(payer),
        toHandle: request.toHandle,
        amount: request.amount,
        captured: authorizeOnly ? eur(0n) : request.amount,
        expiresAt: authorizeOnly ? moment : null,
        fee: eur(0n),
        refunded: eur(0n),
        description: request.description,
        createdAt: moment,
        payer,
        payee,
      } as const;
      world.payments.set(payment.paymentId, payment);
      return { payment };
    },
    CapturePayment({ paymentId, amount }: payments.CapturePaymentRequest__Output, context) {
      const payment = heldFor(context.userId(), paymentId);
      const captured = amount ?? payment.amount;
      return settled({ ...payment, status: 'PAYMENT_STATUS_COMPLETED', captured });
    },
    VoidPayment({ paymentId }: payments.VoidPaymentRequest__Output, context) {
      const payment = heldFor(context.userId(), paymentId);
      return settled({ ...payment, status: 'PAYMENT_STATUS_VOIDED' });
    },
    GetPayment({ paymentId }: { paymentId: string }, context) {
      const payment = world.payments.get(paymentId);
      if (!payment || ![payment.payer, payment.payee].includes(context.userId()))
        throw new QuaysideError('not_found', 'There is no such payment.');
      return { payment };
    },
    RefundPayment({ paymentId, amount }: payments.RefundPaymentRequest__Output, context) {
      const payment = world.payments.get(paymentId);
      if (payment?.payee !== context.userId())
        throw new QuaysideError('not_found', 'There is no such payment.');
      const left = BigInt(payment.amount?.amount ?? 0) - BigInt(payment.refunded?.amount ?? 0);
      const back = amount ? BigInt(amount.amount) : left;
      if (back > left)
        throw new QuaysideError('refund_exceeds_payment', 'That is more than is left of it.');
      const balance = accountOf(payment.payee);
      if (balance < back)
        throw new QuaysideError('insufficient_funds', 'The money does not suffice.');
      world.balances.set(payment.payee, balance - back);
      world.balances.set(payment.payer, accountOf(payment.payer) + back);
      world.payments.set(paymentId, {
        ...payment,
        status: back === left ? 'PAYMENT_STATUS_REFUNDED' : 'PAYMENT_STATUS_PARTIALLY_REFUNDED',
        refunded: eur(BigInt(payment.refunded?.amount ?? 0) + back),
      });
      return { refund: { refundId: uuidv7(), paymentId, amount: eur(back), createdAt: moment } };
    },
  };
}
