// Money from a card, with an outside company that answers late, and payments or PostgreSQL killed in the middle.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { auditLedger } from '../audit';
import { cardToken, expectStatus, signUp, type Customer } from '../customer';
import { startTemporarySystem } from '../temporary';

const cards = {
  approve: '4242424242424242',
  decline: '4000000000000002',
  slow: '4000000000001018',
  lostAnswer: '4000000000001034',
};

let system: RunningSystem;
before(async () => {
  system = await startTemporarySystem({
    SLOW_ANSWER_MS: '2000',
    CARD_PROCESSOR_TIMEOUT_MS: '1000',
    TOP_UP_WAIT_MS: '1000',
  });
});
after(() => system.stop());

const token = (number: string) => cardToken(system.cardProcessorUrl, number);

async function statusOf(person: Customer, topUpId: string) {
  const answer = await person.get<{ status: string; failureReason: string | null }>(
    `/api/v1/top-ups/${topUpId}`,
  );
  return expectStatus(answer, 200);
}

const completed = (person: Customer, topUpId: string) =>
  waitFor(async () => (await statusOf(person, topUpId)).status === 'completed', {
    timeoutMs: 60_000,
    description: `the top-up ${topUpId} of ${person.handle} to be completed`,
  });

test('a card that is good tops up at once, one that is declined does not, and the feed tells both', async () => {
  const person = await signUp(system.gatewayUrl, 'cara');
  const good = expectStatus(await person.topUp('5000', undefined, await token(cards.approve)), 201);
  assert.equal(good.status, 'completed');
  const bad = expectStatus(await person.topUp('700', undefined, await token(cards.decline)), 201);
  assert.equal(bad.status, 'failed');
  assert.equal((await statusOf(person, bad.topUpId)).failureReason, 'card_declined');
  assert.equal((await person.account()).balance.amount, '5000');
  await waitFor(
    async () => {
      const types = (await person.activity()).map(({ type }) => type);
      return types.includes('top_up_completed') && types.includes('top_up_failed');
    },
    { timeoutMs: 20_000, description: 'the feed' },
  );
});

/** Who is killed; the runner starts it again. */
const killed = [
  { name: 'payments', people: ['dan', 'eva', 'fay'] },
  { name: 'postgres', people: ['gus', 'hal', 'ivy'] },
];

for (const { name, people: names } of killed) {
  test(`${name} is killed while cards are being charged: each is charged and credited once`, async () => {
    const people = await Promise.all(names.map((one) => signUp(system.gatewayUrl, one)));
    const tokens = await Promise.all([cards.slow, cards.lostAnswer, cards.slow].map(token));
    const keys = people.map(({ handle }) => `card-${handle}`);
    const topUp = (index: number) => people[index]!.topUp('1234', keys[index], tokens[index]);
    // The first has its answer before the crash; the others are under way.
    assert.equal((await topUp(0)).status, 202);
    const underWay = [topUp(1), topUp(2)].map((answer) => answer.catch(() => undefined));
    system.kill(name, 'SIGKILL');
    await Promise.all(underWay);
    await system.startProcess(name);
    for (const [index, person] of people.entries()) {
      // The same request again: it says how the top-up stands, or makes it if the first one never came to be.
      const again = await waitFor(
        async () => {
          const answer = await topUp(index);
          return answer.status < 300 && answer.body;
        },
        { timeoutMs: 30_000, description: 'an answer after the crash' },
      );
      await completed(person, again.topUpId);
      assert.deepEqual(
        (await person.statement()).map(({ amount }) => amount.amount),
        ['1234'],
      );
    }
    assert.deepEqual(await auditLedger(system), []);
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('no card number is in a log, in a topic, or in what the processor keeps', () => {
  const folder = dirname(system.logsFolder);
  const folders = ['logs', 'broker', 'card-processor'].map((name) => join(folder, name));
  // In an image the processor keeps its file to itself.
  const files = folders.filter((one) => existsSync(one)).flatMap(filesIn);
  assert.ok(files.some((file) => file.endsWith('payments.log')));
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const number of Object.values(cards)) assert.ok(!bytes.includes(number), file);
  }
});
