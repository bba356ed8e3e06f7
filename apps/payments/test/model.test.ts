// Random histories over gRPC beside a model. fast-check prints the seed and the smallest history that fails.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { startPayments, type PaymentsFixture, type TestCustomer } from './fixture';
import { Model, request, type Concrete } from './model';

/** What the service answered: the whole message, or the code of the refusal and its words. */
type Outcome = { answer: object } | { code: string; message: string };

interface Done {
  asked: Concrete;
  outcome: Outcome;
}

/** Sends requests on behalf of three people and knows the ids of their payments. */
class Senders {
  readonly paymentIds: string[] = [];
  constructor(
    private readonly fixture: PaymentsFixture,
    private readonly people: readonly TestCustomer[],
  ) {}

  async send(asked: Concrete, key: string): Promise<Outcome> {
    try {
      return { answer: await this.call(asked, key) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return { code: String(error.code), message: error.message };
    }
  }

  private call(asked: Concrete, idempotencyKey: string): Promise<object> {
    const { client } = this.fixture;
    const options = { caller: this.people[asked.who]!.caller };
    const amount =
      asked.amount === undefined ? null : { amount: String(asked.amount), currency: 'EUR' };
    if (asked.kind === 'top-up') return client.CreateTopUp({ idempotencyKey, amount }, options);
    if (asked.kind === 'refund') {
      const paymentId = this.paymentIds[asked.of];
      return client.RefundPayment({ idempotencyKey, paymentId, amount }, options);
    }
    const toHandle = this.people[asked.to]!.handle;
    return client.CreatePayment({ idempotencyKey, toHandle, amount }, options);
  }
}

const newPeople = (fixture: PaymentsFixture) => Promise.all(['x', 'y', 'z'].map(fixture.customer));
const paymentIdOf = (outcome: Outcome) =>
  (outcome as { answer: { payment: { paymentId: string } } }).answer.payment.paymentId;

async function assertSameLedger(
  fixture: PaymentsFixture,
  people: readonly TestCustomer[],
  model: Model,
): Promise<void> {
  for (const [who, person] of people.entries()) {
    assert.equal(await person.balance(), BigInt(model.balance(who)));
    const statement = await person.statement();
    assert.deepEqual(statement, model.statements[who]);
  }
  assert.deepEqual(await fixture.audit(), []);
}

/** A new request, or an earlier one again: as it was, or with another amount under the same key. */
const step = fc.oneof(
  { weight: 4, arbitrary: request },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), of: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('changed' as const), of: fc.nat() }) },
);

/** The same request sent several times at once under one key. */
const burst = fc.record({ asked: request, copies: fc.integer({ min: 1, max: 3 }) });

/** Group commit must not show: each payment at once in its own transaction, one at a time, in groups. */
for (const max of ['0', '1', '64']) {
  describe(`with GROUP_COMMIT_MAX=${max}`, () => {
    let fixture: PaymentsFixture;
    before(async () => {
      fixture = await startPayments({ GROUP_COMMIT_MAX: max });
    });
    after(() => fixture.stop());

    test('one after another, every answer is the one that the model gives', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (history) => {
          const people = await newPeople(fixture);
          const [model, senders] = [new Model(), new Senders(fixture, people)];
          const sent: (Done & { key: string })[] = [];
          for (const asked of history) {
            if (asked.kind === 'again' || asked.kind === 'changed') {
              const earlier = sent[asked.of % Math.max(1, sent.length)];
              if (!earlier) continue;
              if (asked.kind === 'again') {
                assert.deepEqual(await senders.send(earlier.asked, earlier.key), earlier.outcome);
              } else {
                const changed = { ...earlier.asked, amount: 61 };
                const outcome = await senders.send(changed, earlier.key);
                assert.equal('code' in outcome && outcome.code, 'idempotency_key_reused');
              }
              continue;
            }
            const concrete = model.concrete(asked);
            if (!concrete) continue;
            const key = randomUUID();
            const outcome = await senders.send(concrete, key);
            assert.equal('code' in outcome ? outcome.code : undefined, model.apply(concrete));
            if (concrete.kind === 'payment' && 'answer' in outcome) {
              senders.paymentIds.push(paymentIdOf(outcome));
            }
            sent.push({ asked: concrete, key, outcome });
          }
          await assertSameLedger(fixture, people, model);
        }),
        { numRuns: 12 },
      );
    });

    test('concurrent requests and their copies keep every invariant, as if some order had been theirs', async () => {
      const rounds = fc.array(fc.array(burst, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(rounds, async (history) => {
          const people = await newPeople(fixture);
          const [model, senders] = [new Model(), new Senders(fixture, people)];
          for (const round of history) {
            const sent = await Promise.all(
              round.map(async ({ asked, copies }) => {
                const concrete = model.concrete(asked);
                const key = randomUUID();
                if (!concrete) return undefined;
                const outcomes = await Promise.all(
                  Array.from({ length: copies }, () => senders.send(concrete, key)),
                );
                for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
                return { asked: concrete, outcome: outcomes[0]! };
              }),
            );
            const done = sent.filter((each) => each !== undefined);
            applyInSomeOrder(
              model,
              senders,
              done.filter(({ outcome }) => 'answer' in outcome),
            );
          }
          for (const [who, person] of people.entries()) {
            assert.equal(await person.balance(), BigInt(model.balance(who)));
          }
          assert.deepEqual(await fixture.audit(), []);
        }),
        { numRuns: 12 },
      );
    });
  });
}

/** Applies what the service has done in an order in which all of it is possible; there must be one. */
function applyInSomeOrder(model: Model, senders: Senders, done: Done[]): void {
  const order = possibleOrder(model, done);
  assert.ok(order, `the service did what was possible in no order: ${JSON.stringify(done)}`);
  for (const { asked, outcome } of order) {
    assert.equal(model.apply(asked), undefined);
    if (asked.kind === 'payment') senders.paymentIds.push(paymentIdOf(outcome));
  }
}

function possibleOrder(model: Model, open: Done[]): Done[] | undefined {
  if (open.length === 0) return [];
  for (const [index, each] of open.entries()) {
    const tried = model.copy();
    if (tried.apply(each.asked) !== undefined) continue;
    const rest = possibleOrder(tried, open.toSpliced(index, 1));
    if (rest) return [each, ...rest];
  }
  return undefined;
}
