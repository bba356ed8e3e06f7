// Random histories of top-ups, payments, refunds and replays, concurrent within each round, beside a model that
// knows only what was answered.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let fixture: PaymentsFixture;
before(async () => {
  fixture = await startPayments();
});
after(() => fixture.stop());

const PEOPLE = 3;
const person = fc.nat(PEOPLE - 1);
const amount = fc.integer({ min: 1, max: 60 });

const operation = fc.oneof(
  fc.record({ kind: fc.constant('top-up' as const), who: person, amount }),
  fc.record({ kind: fc.constant('payment' as const), who: person, to: person, amount }),
  fc.record({ kind: fc.constant('refund' as const), pick: fc.nat(), amount }),
  fc.record({ kind: fc.constant('replay' as const), pick: fc.nat() }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

interface Paid {
  id: string;
  from: number;
  to: number;
  amount: number;
  key: string;
  refunded: number;
}

class Model {
  readonly balances = Array.from({ length: PEOPLE }, () => 0n);
  readonly payments: Paid[] = [];

  constructor(private readonly people: readonly TestCustomer[]) {}

  private move(from: number | undefined, to: number, amount: number): void {
    if (from !== undefined) this.balances[from]! -= BigInt(amount);
    this.balances[to]! += BigInt(amount);
  }

  /** Runs one operation; what succeeds must change the model, what is refused must not. */
  async run(step: Operation): Promise<void> {
    if (step.kind === 'top-up') {
      await this.people[step.who]!.topUp(step.amount);
      this.move(undefined, step.who, step.amount);
    } else if (step.kind === 'payment') {
      const key = randomUUID();
      const { who: from, to, amount } = step;
      const id = await this.people[from]!.pay(this.people[to]!.handle, amount, key);
      this.move(from, to, amount);
      this.payments.push({ id, from, to, amount, key, refunded: 0 });
    } else if (this.payments.length > 0) {
      const paid = this.payments[step.pick % this.payments.length]!;
      if (step.kind === 'replay') {
        const { from, to, amount, key } = paid;
        assert.equal(await this.people[from]!.pay(this.people[to]!.handle, amount, key), paid.id);
      } else {
        await this.people[paid.to]!.refund(paid.id, step.amount);
        this.move(paid.to, paid.from, step.amount);
        paid.refunded += step.amount;
      }
    }
  }
}

const expected = new Set([
  'insufficient_funds',
  'same_account',
  'refund_exceeds_payment',
  'not_refundable',
]);

async function settle(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && expected.has(String(error.code))) return;
    throw error;
  }
}

test('any history keeps every invariant', async () => {
  const rounds = fc.array(fc.array(operation, { minLength: 1, maxLength: 6 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const people = await Promise.all(['x', 'y', 'z'].map(fixture.customer));
      const model = new Model(people);
      for (const round of history) await Promise.all(round.map((step) => settle(model.run(step))));
      const balances = await Promise.all(people.map((each) => each.balance()));
      assert.deepEqual(balances, model.balances);
      for (const { amount, refunded } of model.payments) assert.ok(refunded <= amount);
      assert.deepEqual(await fixture.audit(), []);
    }),
    { numRuns: 25 },
  );
});
