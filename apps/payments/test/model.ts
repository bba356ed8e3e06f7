// What payments must do, in memory and one request at a time.
import fc from 'fast-check';

export const PEOPLE = 3;
const person = fc.nat(PEOPLE - 1);
const amount = fc.integer({ min: 1, max: 60 });

/** One request; `of` picks one of the payments made so far. */
export const request = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('top-up' as const), who: person, amount }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('payment' as const),
      who: person,
      to: person,
      amount,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      of: fc.nat(),
      // Mostly who was paid, and sometimes somebody else.
      by: fc.constantFrom('payee', 'payee', 'payee', 'payer', 'stranger'),
      amount: fc.option(amount, { nil: undefined }),
    }),
  },
);

/** A request with the people and the payment in it settled. */
export type Concrete =
  | { kind: 'top-up'; who: number; amount: number }
  | { kind: 'payment'; who: number; to: number; amount: number }
  | { kind: 'refund'; who: number; of: number; amount: number | undefined };

interface Payment {
  from: number;
  to: number;
  amount: number;
  refunded: number;
}

/** One line of a statement. */
interface Entry {
  amount: number;
  balanceAfter: number;
}

/** The ledger as it must be. */
export class Model {
  readonly statements: Entry[][] = Array.from({ length: PEOPLE }, () => []);
  readonly payments: Payment[] = [];

  copy(): Model {
    const copy = new Model();
    copy.statements.splice(0, PEOPLE, ...structuredClone(this.statements));
    copy.payments.push(...structuredClone(this.payments));
    return copy;
  }

  balance(who: number): number {
    return this.statements[who]!.at(-1)?.balanceAfter ?? 0;
  }

  /** Undefined: a refund while there is no payment yet. */
  concrete(asked: typeof request extends fc.Arbitrary<infer T> ? T : never): Concrete | undefined {
    if (asked.kind !== 'refund') return asked;
    if (this.payments.length === 0) return undefined;
    const of = asked.of % this.payments.length;
    const { from, to } = this.payments[of]!;
    const stranger = [0, 1, 2].find((who) => who !== from && who !== to)!;
    const who = { payee: to, payer: from, stranger }[asked.by];
    return { kind: 'refund', who, of, amount: asked.amount };
  }

  /** Does the request, if it may be done; else gives the code of the refusal. */
  apply(asked: Concrete): string | undefined {
    if (asked.kind === 'top-up') {
      this.enter(asked.who, asked.amount);
      return undefined;
    }
    if (asked.kind === 'refund') return this.refund(asked);
    const { who, to, amount } = asked;
    if (who === to) return 'same_account';
    if (this.balance(who) < amount) return 'insufficient_funds';
    this.payments.push({ from: who, to, amount, refunded: 0 });
    this.enter(who, -amount);
    this.enter(to, amount);
    return undefined;
  }

  private refund({ who, of, amount }: Extract<Concrete, { kind: 'refund' }>): string | undefined {
    const payment = this.payments[of]!;
    const left = payment.amount - payment.refunded;
    const wanted = amount ?? left;
    if (who !== payment.to) return who === payment.from ? 'not_refundable' : 'not_found';
    if (left === 0) return 'not_refundable';
    if (wanted > left) return 'refund_exceeds_payment';
    if (this.balance(who) < wanted) return 'insufficient_funds';
    payment.refunded += wanted;
    this.enter(payment.to, -wanted);
    this.enter(payment.from, wanted);
    return undefined;
  }

  private enter(who: number, amount: number): void {
    this.statements[who]!.push({ amount, balanceAfter: this.balance(who) + amount });
  }
}
