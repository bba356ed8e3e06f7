import assert from 'node:assert/strict';
import { cardToken, expectStatus, type Customer } from '../customer';
import { eventually, known, type Step, type Walk } from './step';

/** Cards of the sandbox: apps/card-processor/README.md. */
const APPROVED = '4242424242424242';
const DECLINED = '4000000000000002';
const LOST_ANSWER = '4000000000001034';

/** A service is restarted meanwhile, perhaps, and what it had begun waits until somebody takes it over. */
const DECIDED_WITHIN_MS = 60_000;

interface TopUp {
  topUpId: string;
  status: string;
  failureReason: string | null;
}

async function statusOf(customer: Customer, topUpId: string): Promise<string> {
  return expectStatus(await customer.get<TopUp>(`/api/v1/top-ups/${topUpId}`), 200).status;
}

/** Tops up, and tells how that ended. */
async function decided(customer: Customer, token: string): Promise<string> {
  const { status, body } = await customer.topUp('700', undefined, token);
  if (status !== 201 && status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
  let now = body.status;
  const known = async () => (now = await statusOf(customer, body.topUpId)) !== 'pending';
  await eventually('the outcome of a card top-up', known, DECIDED_WITHIN_MS);
  return now;
}

const balance = async (customer: Customer) => Number((await customer.account()).balance.amount);

/** Where no cards are taken that is said; where they are, the card processor knows none of this token. */
export const unknownCard: Step = {
  name: 'a card that nobody knows brings no money',
  run: async (walk) => {
    const alice = known(walk.alice, 'Alice');
    const before = await balance(alice);
    const answer = await alice.topUp('700', undefined, 'tok_nobody_knows');
    if (answer.status !== 422) {
      assert.ok(answer.status === 201 || answer.status === 202, `answered ${answer.status}`);
      const failed = async () => (await statusOf(alice, answer.body.topUpId)) === 'failed';
      await eventually('the refusal of the card', failed, DECIDED_WITHIN_MS);
    }
    assert.equal(await balance(alice), before);
  },
};

/** With a card processor: what it says counts, and what it could not say comes by its webhook or is asked for. */
export const cardTopUp: Step = {
  name: 'cards bring money: one that is good, one whose answer is lost, not one that is declined',
  unable: ({ cardProcessorUrl }) =>
    cardProcessorUrl === undefined
      ? 'CARD_PROCESSOR_URL does not say where a card gets its token'
      : undefined,
  run: async (walk: Walk) => {
    const url = known(walk.cardProcessorUrl, 'card processor');
    const alice = known(walk.alice, 'Alice');
    const before = await balance(alice);
    const outcomeOf = async (card: string) => decided(alice, await cardToken(url, card));
    assert.equal(await outcomeOf(APPROVED), 'completed');
    assert.equal(await outcomeOf(DECLINED), 'failed');
    assert.equal(await outcomeOf(LOST_ANSWER), 'completed');
    assert.equal(await balance(alice), before + 1400);
  },
};
