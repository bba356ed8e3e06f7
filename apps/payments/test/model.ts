// What payments must do, in memory and one request at a time.
import fc from 'fast-check';

export const PEOPLE = 3;
// Mostly the same ones, and of their payments mostly the last ones: rules are about what comes together.
const person = fc.constantFrom<number>(0, 0, 0, 1, 1, 2);
const recent = fc.oneof(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat());
const amount = fc.integer({ min: 1, max: 60 });

/** The settings under which the model is right. */
export const RULES = {
  feeBasisPoints: 1_000,
  feeFixed: 1,
  ...{ perPayment: { EUR: 55, JPY: 35 }, perDay: { EUR: 150, JPY: 70 } },
};
export const RULES_ENV = {
  FEE_BASIS_POINTS: String(RULES.feeBasisPoints),
  FEE_FIXED: `EUR=${RULES.feeFixed},JPY=${RULES.feeFixed}`,
  LIMIT_PER_PAYMENT_MINOR_UNITS: `${RULES.perPayment.EUR},JPY=${RULES.perPayment.JPY}`,
  LIMIT_PER_DAY_MINOR_UNITS: `${RULES.perDay.EUR},JPY=${RULES.perDay.JPY}`,
};

type Currency = 'EUR' | 'JPY';
// Mostly somebody else, and sometimes oneself: so many places further on.
const other = fc.constantFrom<number>(1, 1, 1, 2, 2, 2, 0);
// Mostly the one that everybody has an account in.
const currency = fc.oneof(
  { weight: 7, arbitrary: fc.constant<Currency>('EUR') },
  { weight: 1, arbitrary: fc.constant<Currency>('JPY') },
);
// Mostly who was paid, and sometimes somebody else.
const by = fc.constantFrom('payee', 'payee', 'payee', 'payee', 'payer', 'stranger');
// Mostly one that is a hold, and sometimes one of any kind.
const any = fc.constantFrom(false, false, false, true);
const part = fc.option(amount, { nil: undefined });

/** A request of one kind, and how often it is made. */
const asked = <const Kind extends string, Fields extends object>(
  weight: number,
  kind: Kind,
  fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> },
) => {
  const record = fc.record({ kind: fc.constant(kind), ...fields });
  return {
    weight,
    arbitrary: record as fc.Arbitrary<unknown> as fc.Arbitrary<{ kind: Kind } & Fields>,
  };
};

/** One request; `of` picks one of the payments made so far, counted from the last. */
export const request = fc.oneof(
  asked(1, 'open', { who: person, currency }),
  asked(4, 'top-up', { who: person, amount, currency }),
  asked(5, 'payment', { who: person, to: other, amount, currency }),
  asked(4, 'hold', { who: person, to: other, amount, currency }),
  asked(3, 'refund', { of: recent, any: fc.constant(true), by, amount: part }),
  asked(4, 'capture', { of: recent, any, by, amount: part }),
  asked(2, 'void', { of: recent, any, by }),
  asked(1, 'expire', { of: recent, any, by }),
  asked(1, 'freeze', { who: person }),
  asked(2, 'unfreeze', { who: person }),
  asked(1, 'close', { who: person }),
);
type Asked = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** What every history begins with, in two rounds: without money and holds most requests would be refused for that alone. */
export const begun: Asked[][] = [
  [0, 0, 0, 1, 1].map((who) => ({ kind: 'top-up', who, amount: 60, currency: 'EUR' })),
  [0, 1].map((who) => ({ kind: 'hold', who, to: 1, amount: 25, currency: 'EUR' })),
];

/** A request with the people and the payment in it settled. */
export type Concrete = { who: number; currency: Currency } & (
  | { kind: 'open' | 'freeze' | 'unfreeze' | 'close' }
  | { kind: 'top-up'; amount: number }
  | { kind: 'payment' | 'hold'; to: number; amount: number }
  | { kind: 'refund'; of: number; amount: number | undefined }
  | { kind: 'capture'; of: number; amount: number | undefined }
  | { kind: 'void'; of: number }
  | { kind: 'expire'; of: number }
);
type OfPayment = Extract<Concrete, { of: number }>;

interface Payment {
  from: number;
  to: number;
  currency: Currency;
  amount: number;
  isHold: boolean;
  status: 'authorized' | 'completed' | 'voided' | 'expired';
  /** What has moved. */
  moved: number;
  refunded: number;
}

/** One line of a statement. */
interface Entry {
  amount: number;
  balanceAfter: number;
}

interface Account {
  entries: Entry[];
  held: number;
  spent: number;
  frozen: boolean;
  closed: boolean;
}

const newAccount = (): Account => ({
  entries: [],
  held: 0,
  spent: 0,
  frozen: false,
  closed: false,
});

/** What shows of every account, by person, then by currency. */
export type Ledger = Partial<Record<Currency, Omit<Account, 'spent'>>>[];

/** The ledger as it must be. */
export class Model {
  /** By person, then by currency. */
  readonly accounts: Partial<Record<Currency, Account>>[] = Array.from({ length: PEOPLE }, () => ({
    EUR: newAccount(),
  }));
  readonly payments: Payment[] = [];

  copy(): Model {
    const copy = new Model();
    copy.accounts.splice(0, PEOPLE, ...structuredClone(this.accounts));
    copy.payments.push(...structuredClone(this.payments));
    return copy;
  }

  ledger(): Ledger {
    return this.accounts.map((accounts) =>
      Object.fromEntries(
        Object.entries(accounts).map(([currency, { entries, held, frozen, closed }]) => [
          currency,
          { entries, held, frozen, closed },
        ]),
      ),
    );
  }

  balance(who: number, currency: Currency = 'EUR'): number {
    return this.accounts[who]![currency]?.entries.at(-1)?.balanceAfter ?? 0;
  }

  /** Undefined: something about a payment while there is none yet. */
  concrete(asked: Asked): Concrete | undefined {
    if ('to' in asked) return { ...asked, to: (asked.who + asked.to) % PEOPLE };
    if (!('of' in asked)) return { currency: 'EUR', ...asked };
    const wanted = [...this.payments.keys()].filter((of) => asked.any || this.payments[of]!.isHold);
    const of = wanted[wanted.length - 1 - (asked.of % wanted.length)];
    if (of === undefined) return undefined;
    const { from, to, currency } = this.payments[of]!;
    const stranger = [0, 1, 2].find((who) => who !== from && who !== to)!;
    const who = { payee: to, payer: from, stranger }[asked.by];
    return { ...asked, who, of, currency };
  }

  /** Does the request, if it may be done; else gives the code of the refusal. */
  apply(asked: Concrete): string | undefined {
    const { who, currency } = asked;
    const account = this.accounts[who]![currency];
    switch (asked.kind) {
      case 'open':
        if (this.hasLeft(who)) return 'account_not_open';
        this.accounts[who]![currency] ??= newAccount();
        return undefined;
      case 'freeze':
      case 'unfreeze':
        if (account!.closed) return 'not_possible';
        account!.frozen = asked.kind === 'freeze';
        return undefined;
      case 'close':
        return this.close(who);
      case 'top-up':
        if (!account) return 'account_not_open';
        if (account.closed) return 'account_not_usable';
        if (account.frozen) return 'account_frozen';
        this.enter(who, currency, asked.amount);
        return undefined;
      case 'payment':
      case 'hold':
        return this.pay(asked);
      case 'refund':
      case 'capture':
      case 'void':
      case 'expire':
        return this.settle(asked);
    }
  }

  hasLeft(who: number): boolean {
    return this.accounts[who]!.EUR!.closed;
  }

  private close(who: number): string | undefined {
    if (this.hasLeft(who)) return undefined;
    const accounts = Object.entries(this.accounts[who]!);
    const toReceive = this.payments.some(({ to, status }) => to === who && status === 'authorized');
    if (accounts.some(([, { frozen }]) => frozen)) return 'account_frozen';
    if (toReceive || accounts.some(([, { held }]) => held > 0)) return 'holds_open';
    const full = accounts.some(([currency]) => this.balance(who, currency as Currency) > 0);
    if (full) return 'account_not_empty';
    for (const [, account] of accounts) account.closed = true;
    return undefined;
  }

  private pay({
    kind,
    who,
    to,
    amount,
    currency,
  }: Extract<Concrete, { to: number }>): string | undefined {
    const [payer, payee] = [this.accounts[who]![currency], this.accounts[to]![currency]];
    if (this.hasLeft(to)) return 'unknown_payee';
    if (who === to) return 'same_account';
    if (!payer) return 'account_not_open';
    if (!payee) return 'payee_has_no_account';
    if (payer.closed) return 'account_not_usable';
    if (payer.frozen) return 'account_frozen';
    if (payee.frozen) return 'account_not_usable';
    if (amount > RULES.perPayment[currency]) return 'limit_exceeded';
    if (payer.spent + amount > RULES.perDay[currency]) return 'limit_exceeded';
    if (this.balance(who, currency) - payer.held < amount) return 'insufficient_funds';
    payer.spent += amount;
    const isHold = kind === 'hold';
    const status = isHold ? 'authorized' : 'completed';
    const payment: Payment = {
      ...{ from: who, to, currency, amount, isHold, status },
      moved: 0,
      refunded: 0,
    };
    this.payments.push(payment);
    if (isHold) payer.held += amount;
    else this.move(payment, amount);
    return undefined;
  }

  private settle(asked: OfPayment): string | undefined {
    const payment = this.payments[asked.of]!;
    if (asked.kind === 'expire') {
      if (payment.status === 'authorized') this.release(payment, 'expired');
      return payment.status === 'expired' ? undefined : 'not_expired';
    }
    const { who } = asked;
    if (who !== payment.to && who !== payment.from) return 'not_found';
    if (asked.kind === 'refund') return this.refund(payment, asked);
    if (who !== payment.to) return 'not_possible';
    if (!payment.isHold) return 'not_a_hold';
    if (payment.status === 'completed') return 'already_captured';
    if (payment.status === 'voided') return 'already_voided';
    if (payment.status === 'expired') return 'hold_expired';
    if (asked.kind === 'void') {
      this.release(payment, 'voided');
      return undefined;
    }
    const amount = asked.amount ?? payment.amount;
    if (amount > payment.amount) return 'capture_exceeds_hold';
    const frozen = this.frozen(payment);
    if (frozen) return frozen;
    this.release(payment, 'completed');
    this.move(payment, amount);
    return undefined;
  }

  private refund(
    payment: Payment,
    { who, amount }: { who: number; amount: number | undefined },
  ): string | undefined {
    if (who !== payment.to || payment.status !== 'completed') return 'not_refundable';
    const left = payment.moved - payment.refunded;
    const wanted = amount ?? left;
    if (left === 0) return 'not_refundable';
    if (wanted > left) return 'refund_exceeds_payment';
    const frozen = this.frozen(payment);
    if (frozen) return frozen;
    const { held } = this.accounts[who]![payment.currency]!;
    if (this.balance(who, payment.currency) - held < wanted) return 'insufficient_funds';
    payment.refunded += wanted;
    this.enter(payment.to, payment.currency, -wanted);
    this.enter(payment.from, payment.currency, wanted);
    return undefined;
  }

  /** Why the payee, who asks, may not move money between the two. */
  private frozen({ from, to, currency }: Payment): string | undefined {
    const [payer, payee] = [this.accounts[from]![currency]!, this.accounts[to]![currency]!];
    if (payee.frozen) return 'account_frozen';
    return payee.closed || payer.closed || payer.frozen ? 'account_not_usable' : undefined;
  }

  private release(payment: Payment, status: Payment['status']): void {
    payment.status = status;
    this.accounts[payment.from]![payment.currency]!.held -= payment.amount;
  }

  private move(payment: Payment, amount: number): void {
    payment.moved = amount;
    this.enter(payment.from, payment.currency, -amount);
    this.enter(payment.to, payment.currency, amount);
    const share = Math.floor((amount * RULES.feeBasisPoints + 5_000) / 10_000);
    const fee = Math.min(amount, share + RULES.feeFixed);
    this.enter(payment.to, payment.currency, -fee);
  }

  private enter(who: number, currency: Currency, amount: number): void {
    const balanceAfter = this.balance(who, currency) + amount;
    this.accounts[who]![currency]!.entries.push({ amount, balanceAfter });
  }
}
