// Random histories over gRPC beside a model. Each run names its seed; fast-check prints the smallest history that fails.
// `MODEL_SEED=…` plays the histories of a run again, `MODEL_RUNS=…` plays more of them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { catalogue, isErrorCode } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import fc from 'fast-check';
import { startPayments, type PaymentsFixture, type TestCustomer } from './fixture';
import { begun, Model, request, RULES_ENV, type Concrete, type Ledger } from './model';
import { someOrder, storedLedger, type Done, type Outcome } from './some-order';

/** Whether a request was decided: what failed for any other reason is nothing that a model could say. */
const isDecided = (code: string) =>
  code === 'not_expired' ||
  (isErrorCode(code) && [402, 404, 409, 422].includes(catalogue[code].httpStatus));

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
      if (!(error instanceof Error && 'code' in error && isDecided(String(error.code)))) {
        throw new Error(`It failed: ${JSON.stringify(asked)}`, { cause: error });
      }
      return { code: String(error.code), message: error.message };
    }
  }

  private call(asked: Concrete, idempotencyKey: string): Promise<object> {
    const { client } = this.fixture;
    const options = { caller: this.people[asked.who]!.caller };
    const { currency } = asked;
    const wanted = 'amount' in asked ? asked.amount : undefined;
    const amount = wanted === undefined ? null : { amount: String(wanted), currency };
    const paymentId = 'of' in asked ? (this.paymentIds[asked.of] ?? '') : '';
    switch (asked.kind) {
      case 'open':
        return client.OpenAccount({ currency }, options);
      case 'close':
        return client.CloseAccounts({}, options);
      case 'freeze':
      case 'unfreeze':
        return this.setFrozen(asked);
      case 'expire':
        return this.expire(paymentId);
      case 'top-up':
        return client.CreateTopUp({ idempotencyKey, amount }, options);
      case 'refund':
        return client.RefundPayment({ idempotencyKey, paymentId, amount }, options);
      case 'capture':
        return client.CapturePayment({ idempotencyKey, paymentId, amount }, options);
      case 'void':
        return client.VoidPayment({ idempotencyKey, paymentId }, options);
      case 'payment':
      case 'hold': {
        const toHandle = this.people[asked.to]!.handle;
        const authorizeOnly = asked.kind === 'hold';
        return client.CreatePayment({ idempotencyKey, toHandle, amount, authorizeOnly }, options);
      }
    }
  }

  /** An operator's act; it has no key, so its answer is what it does. */
  private async setFrozen({ kind, who, currency }: Concrete): Promise<object> {
    const { client } = this.fixture;
    const { userId, caller } = this.people[who]!;
    const operator = await this.fixture.callerWith(userId, ['ops']);
    const { accounts } = await client.ListAccounts({}, { caller });
    const accountId = accounts.find(({ balance }) => balance?.currency === currency)?.accountId;
    const act = { accountId, reason: 'because' };
    await (kind === 'freeze'
      ? client.FreezeAccount(act, { caller: operator })
      : client.UnfreezeAccount(act, { caller: operator }));
    return {};
  }

  /** Lets the time of a hold run out; nobody answers for that. */
  private async expire(paymentId: string): Promise<object> {
    await this.fixture.expire(paymentId);
    const [payment] = await this.fixture.database.query<{ status: string }>(
      'SELECT status FROM payments WHERE payment_id = $1',
      [paymentId],
    );
    if (payment?.status === 'expired') return {};
    throw Object.assign(new Error('no open hold'), { code: 'not_expired' });
  }
}

/** Requests that have a key: sent again they have the same answer. */
const hasKey = ({ kind }: Concrete) =>
  !['open', 'freeze', 'unfreeze', 'close', 'expire'].includes(kind);
const makesPayment = ({ kind }: Concrete) => kind === 'payment' || kind === 'hold';

// What changes afterwards: the time at which a hold ends, for this test lets it run out by changing that, and handles, for
// who closes their accounts has none.
const passing = ['expiresAt', 'fromHandle', 'toHandle'];
/** An answer without that. */
const lasting = (outcome: Outcome): unknown =>
  JSON.parse(JSON.stringify(outcome), (name, value: unknown) =>
    passing.includes(name) ? undefined : value,
  );

const newPeople = (fixture: PaymentsFixture) => Promise.all(['x', 'y', 'z'].map(fixture.customer));
const paymentIdOf = (outcome: Outcome) =>
  (outcome as { answer: { payment: { paymentId: string } } }).answer.payment.paymentId;

async function assertSameLedger(
  fixture: PaymentsFixture,
  people: readonly TestCustomer[],
  model: Model,
): Promise<void> {
  for (const [who, person] of people.entries()) {
    const { accounts } = await fixture.client.ListAccounts({}, { caller: person.caller });
    const found = accounts.map(({ balance, held, available }) => ({
      currency: balance?.currency,
      balance: Number(balance?.amount),
      held: Number(held?.amount),
      available: Number(available?.amount),
    }));
    const expected = Object.entries(model.accounts[who]!).map(([currency, { held }]) => {
      const balance = model.balance(who, currency as 'EUR');
      return { currency, balance, held, available: balance - held };
    });
    assert.deepEqual(found, expected);
    assert.deepEqual(await person.statement(), model.accounts[who]!.EUR!.entries);
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
const once = <Asked>(round: Asked[]) => round.map((asked) => ({ asked, copies: 1 }));

const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.MODEL_RUNS ?? 30);

/** Group commit must not show: each payment at once in its own transaction, one at a time, in groups. */
for (const max of ['0', '1', '64']) {
  describe(`with GROUP_COMMIT_MAX=${max}`, () => {
    let fixture: PaymentsFixture;
    before(async () => {
      fixture = await startPayments({ GROUP_COMMIT_MAX: max, ...RULES_ENV });
    });
    after(() => fixture.stop());

    test('one after another, every answer is the one that the model gives', async (t) => {
      t.diagnostic(`MODEL_SEED=${seed}`);
      // Long ones: most rules need several requests of the same people before they matter.
      const histories = fc.array(step, { minLength: 20, maxLength: 45 });
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const people = await newPeople(fixture);
          const [model, senders] = [new Model(), new Senders(fixture, people)];
          const sent: (Done & { key: string })[] = [];
          for (const asked of [...begun.flat(), ...history]) {
            if (asked.kind === 'again' || asked.kind === 'changed') {
              const earlier = sent[asked.of % Math.max(1, sent.length)];
              if (!earlier) continue;
              if (asked.kind === 'again') {
                const outcome = await senders.send(earlier.asked, earlier.key);
                assert.deepEqual(lasting(outcome), lasting(earlier.outcome));
              } else {
                if (!('amount' in earlier.asked)) continue;
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
            if (makesPayment(concrete) && 'answer' in outcome) {
              senders.paymentIds.push(paymentIdOf(outcome));
            }
            if (hasKey(concrete)) sent.push({ asked: concrete, key, outcome });
          }
          await assertSameLedger(fixture, people, model);
        }),
        { numRuns, seed },
      );
    });

    test('of concurrent requests and their copies every answer and refusal is the one of the model in some order', async (t) => {
      t.diagnostic(`MODEL_SEED=${seed}`);
      const rounds = fc.array(fc.array(burst, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(rounds, async (history) => {
          const people = await newPeople(fixture);
          const [model, senders] = [new Model(), new Senders(fixture, people)];
          for (const round of [...begun.map(once), ...history]) {
            const sent = await Promise.all(
              round.map(async ({ asked, copies }): Promise<Done[]> => {
                const concrete = model.concrete(asked);
                const key = randomUUID();
                if (!concrete) return [];
                const outcomes = await Promise.all(
                  Array.from({ length: copies }, () => senders.send(concrete, key)),
                );
                const done = outcomes.map((outcome) => ({ asked: concrete, outcome }));
                // Without a key each copy is a request of its own.
                if (!hasKey(concrete)) return done;
                for (const outcome of outcomes) {
                  assert.deepEqual(lasting(outcome), lasting(outcomes[0]!));
                }
                return done.slice(0, 1);
              }),
            );
            applyInSomeOrder(model, senders, sent.flat(), await storedLedger(fixture, people));
          }
          await assertSameLedger(fixture, people, model);
        }),
        { numRuns, seed },
      );
    });
  });
}

test('no two of all these waited for each other: a retry ends that, and no answer shows it', async () => {
  const retries = await metrics.registry.getSingleMetricAsString(
    'db_client_transaction_retries_total',
  );
  assert.doesNotMatch(retries, /reason="deadlock"/);
});

/** Applies what the service has done and refused in an order in which all of it is right; there must be one. */
function applyInSomeOrder(model: Model, senders: Senders, done: Done[], found: Ledger): void {
  const order = someOrder(model, done, found);
  assert.ok(order, `in no order that is right: ${inspect({ done, found }, { depth: 6 })}`);
  for (const { asked, outcome } of order) {
    assert.equal(model.apply(asked), 'code' in outcome ? outcome.code : undefined);
    if (makesPayment(asked) && 'answer' in outcome) senders.paymentIds.push(paymentIdOf(outcome));
  }
}
