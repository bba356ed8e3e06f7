// What merchants may rely on, and each card that behaves on request.
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { readFile, appendFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { testCardProcessor, waitFor, type TestCardProcessor } from '@quayside/testing';
import { webhookReceiver } from './webhooks';

const numbers = {
  approve: '4242424242424242',
  decline: '4000000000000002',
  slow: '4000000000001018',
  noAnswer: '4000000000001026',
  lostAnswer: '4000000000001034',
  duplicated: '4000000000001042',
  early: '4000000000001059',
  outOfOrder: '4000000000001067',
  refundFails: '4000000000001075',
};

interface Charge {
  chargeId: string;
  status: string;
  amount: string;
}

let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
let processor: TestCardProcessor;
before(async () => {
  // Every third webhook is not taken the first time.
  receiver = await webhookReceiver((count) => (count % 3 === 0 ? 500 : 204));
  processor = await testCardProcessor({ webhookUrl: receiver.url, slowMs: 400 });
});
after(async () => {
  await processor.stop();
  await receiver.close();
});

const post = (path: string, body: object, key: string, signal?: AbortSignal) =>
  processor.ask(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'idempotency-key': key },
    signal,
  });

async function charge(number: string, key = randomUUID(), more: object = {}) {
  const token = await processor.token(number);
  return post('/v1/charges', { token, amount: '1000', currency: 'EUR', ...more }, key);
}

const bodyOf = async <T>(response: Response) => (await response.json()) as T;
const byKey = (key: string) => processor.ask(`/v1/charge-keys/${key}`);

/** Types of the events of a charge, as they arrived; each that was sent again counts once more. */
const told = (key: string) =>
  receiver.webhooks
    .map(({ body }) => JSON.parse(body) as { eventId: string; type: string; chargeKey: string })
    .filter(({ chargeKey }) => chargeKey === key);

test('a charge is made once per key, and another request under the key is refused', async () => {
  const key = randomUUID();
  const token = await processor.token(numbers.approve);
  const order = { token, amount: '1000', currency: 'EUR' };
  const answers = await Promise.all([1, 2, 3].map(() => post('/v1/charges', order, key)));
  const made = await Promise.all(answers.map((answer) => bodyOf<Charge>(answer)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201],
  );
  assert.equal(new Set(made.map(({ chargeId }) => chargeId)).size, 1);
  assert.equal((await post('/v1/charges', { ...order, amount: '1001' }, key)).status, 422);
  const found = await bodyOf<Charge>(await processor.ask(`/v1/charges/${made[0]!.chargeId}`));
  assert.deepEqual(found, made[0]);
});

test('who does not send the key of a merchant gets nothing but tokens', async () => {
  for (const authorization of ['', 'Bearer nobody', processor.apiKey]) {
    const answer = await processor.ask('/v1/charges', { headers: { authorization } });
    assert.equal(answer.status, 401);
  }
  assert.equal((await fetch(`${processor.url}/v1/charges`)).status, 401);
});

test('it takes its own cards only, and knows no token that it has not given', async () => {
  const body = JSON.stringify({ number: '5555555555554444' });
  assert.equal((await processor.ask('/v1/tokens', { method: 'POST', body })).status, 422);
  const order = { token: 'tok_made_up', amount: '1000', currency: 'EUR' };
  assert.equal((await post('/v1/charges', order, randomUUID())).status, 422);
});

test('a card that declines', async () => {
  const key = randomUUID();
  assert.equal((await bodyOf<Charge>(await charge(numbers.decline, key))).status, 'declined');
  await waitFor(() => told(key).some(({ type }) => type === 'charge.declined'));
});

test('a slow card is charged meanwhile: first it is not found, then it is', async () => {
  const key = randomUUID();
  await assert.rejects(
    processor
      .token(numbers.slow)
      .then((token) =>
        post(
          '/v1/charges',
          { token, amount: '1000', currency: 'EUR' },
          key,
          AbortSignal.timeout(100),
        ),
      ),
  );
  assert.equal((await byKey(key)).status, 404);
  await waitFor(async () => (await byKey(key)).status === 200);
});

test('nothing is charged after the moment that the merchant has named', async () => {
  const [late, slow] = [randomUUID(), randomUUID()];
  const past = new Date(Date.now() - 1_000).toISOString();
  assert.equal((await charge(numbers.approve, late, { notAfter: past })).status, 422);
  assert.equal((await byKey(late)).status, 404);
  const soon = new Date(Date.now() + 200).toISOString();
  assert.equal((await charge(numbers.slow, slow, { notAfter: soon })).status, 422);
  assert.equal((await byKey(slow)).status, 404);
});

test('a card without an answer is never charged', async () => {
  const key = randomUUID();
  const token = await processor.token(numbers.noAnswer);
  const order = { token, amount: '1000', currency: 'EUR' };
  await assert.rejects(post('/v1/charges', order, key, AbortSignal.timeout(300)));
  assert.equal((await byKey(key)).status, 404);
});

test('an answer is lost, and the card is charged', async () => {
  const key = randomUUID();
  await assert.rejects(charge(numbers.lostAnswer, key));
  assert.equal((await bodyOf<Charge>(await byKey(key))).status, 'succeeded');
});

test('webhooks come twice, early and out of order where that is asked for, and until they are taken', async () => {
  const keys = { duplicated: randomUUID(), early: randomUUID(), outOfOrder: randomUUID() };
  await charge(numbers.duplicated, keys.duplicated);
  await charge(numbers.outOfOrder, keys.outOfOrder);
  await charge(numbers.early, keys.early);
  assert.ok(told(keys.early).length > 0, 'told before the answer');
  const types = (key: string) => told(key).map(({ type }) => type.replace('charge.', ''));
  await waitFor(() => types(keys.duplicated).filter((type) => type === 'succeeded').length >= 2);
  const ids = told(keys.duplicated).filter(({ type }) => type === 'charge.succeeded');
  assert.equal(new Set(ids.map(({ eventId }) => eventId)).size, 1);
  await waitFor(() => types(keys.outOfOrder).includes('pending'));
  assert.equal(types(keys.outOfOrder)[0], 'succeeded');
});

test('webhooks are signed over their time and their bytes', () => {
  const [first] = receiver.webhooks;
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(first!.signature)!;
  const expected = createHmac('sha256', processor.webhookSecret);
  assert.equal(mac, expected.update(`${time}.${first!.body}`).digest('hex'));
  assert.ok(Math.abs(Number(time) - Date.now() / 1000) < 60);
});

test('refunds: once per key, never more than was charged, and one card fails at first', async () => {
  const made = await bodyOf<Charge>(await charge(numbers.approve));
  const key = randomUUID();
  const order = { chargeId: made.chargeId, amount: '1000' };
  const twice = await Promise.all([1, 2].map(() => post('/v1/refunds', order, key)));
  const ids = await Promise.all(twice.map((answer) => bodyOf<{ refundId: string }>(answer)));
  assert.equal(ids[0]!.refundId, ids[1]!.refundId);
  assert.equal((await post('/v1/refunds', order, randomUUID())).status, 422);

  const failing = await bodyOf<Charge>(await charge(numbers.refundFails));
  const again = { chargeId: failing.chargeId, amount: '1000' };
  const retried = randomUUID();
  const statuses = [];
  for (let i = 0; i < 3; i += 1) {
    statuses.push((await post('/v1/refunds', again, retried)).status);
  }
  assert.deepEqual(statuses, [503, 503, 201]);
});

test('lists are read page by page', async () => {
  const all: Charge[] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    const answer = await processor.ask(`/v1/charges?limit=2&cursor=${cursor}`);
    const page = await bodyOf<{ items: Charge[]; nextCursor: string | null }>(answer);
    assert.ok(page.items.length <= 2);
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  assert.ok(all.length > 4);
  assert.equal(new Set(all.map(({ chargeId }) => chargeId)).size, all.length);
});

test('a list begins at the time that is asked for', async () => {
  const { chargeId, createdAt } = await bodyOf<Charge & { createdAt: string }>(
    await charge(numbers.approve),
  );
  const from = async (time: string) => {
    const answer = await processor.ask(`/v1/charges?limit=500&createdFrom=${time}`);
    return (await bodyOf<{ items: Charge[] }>(answer)).items.map((item) => item.chargeId);
  };
  assert.ok((await from(createdAt)).includes(chargeId));
  assert.deepEqual(await from(new Date(Date.parse(createdAt) + 1).toISOString()), []);
});

test('kill -9 loses no acknowledged charge; half a line is cut off; untaken webhooks are sent again', async () => {
  const key = randomUUID();
  const made = await bodyOf<Charge>(await charge(numbers.approve, key));
  // Not while it runs: what it appended next would make the half line one inside the file.
  await processor.killAndRestart(() =>
    appendFile(processor.journal, '{"type":"charge","charge":{"chargeId":"ch_torn'),
  );
  assert.deepEqual(await bodyOf<Charge>(await byKey(key)), made);
  await waitFor(() => told(key).some(({ type }) => type === 'charge.succeeded'));
  const after = await bodyOf<Charge>(await charge(numbers.approve));
  await processor.killAndRestart();
  assert.equal((await processor.ask(`/v1/charges/${after.chargeId}`)).status, 200);
  assert.doesNotMatch(await readFile(processor.journal, 'utf8'), /ch_torn/);
});

test('no card number is in its file', async () => {
  const kept = await readFile(processor.journal, 'utf8');
  assert.match(kept, /"last4":"4242"/);
  for (const number of Object.values(numbers)) assert.ok(!kept.includes(number));
});
