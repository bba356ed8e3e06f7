// The feed as it is filled by events from the broker.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { appendToOutbox } from '@quayside/messaging';
import { waitFor } from '@quayside/testing';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type TestGateway } from './gateway';
import { startPublisher } from './publisher';

let gateway: TestGateway;
let publisher: ReturnType<typeof startPublisher>;
before(async () => {
  gateway = await startGateway();
  publisher = startPublisher(gateway, 'payments');
});
after(async () => {
  await publisher.stop();
  await gateway.stop();
});

const money = (amount: string) => ({ amount, currency: 'EUR' });

function payment(payerUserId: string, payeeUserId: string, amount: string) {
  const paymentId = uuidv7();
  const people = { payerUserId, payerHandle: 'alice', payeeUserId, payeeHandle: 'bob' };
  const payload = { paymentId, ...people, amount: money(amount), description: 'lunch' };
  return { type: 'quayside.payments.v1.PaymentCompleted', key: paymentId, payload } as const;
}

function refundOf({ key, payload }: ReturnType<typeof payment>, amount: string) {
  const { description: _, ...rest } = payload;
  return {
    type: 'quayside.payments.v1.PaymentRefunded',
    key,
    payload: { ...rest, refundId: uuidv7(), amount: money(amount) },
  } as const;
}

const publish = (...events: Parameters<typeof appendToOutbox>[1][]) => publisher.publish(...events);

interface Item {
  type: string;
  title: string;
  amount: { amount: string } | null;
  counterpartHandle: string | null;
}

async function page(userId: string, query: object = {}) {
  const token = await gateway.tokens.userToken({ userId });
  const answer = await request(gateway.url)
    .get('/api/v1/activity')
    .query(query)
    .set('authorization', `Bearer ${token}`);
  assert.equal(answer.status, 200);
  return answer.body as { items: Item[]; nextCursor: string | null };
}

const feed = async (userId: string) => (await page(userId, { limit: 100 })).items;

const feedOf = (userId: string, count: number) =>
  waitFor(
    async () => {
      const items = await feed(userId);
      return items.length >= count && items;
    },
    { timeoutMs: 30_000, description: `${count} items in the feed` },
  );

test('what happens to an account is told to its owner, both sides of a payment to both', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  const accountId = uuidv7();
  await publish({
    type: 'quayside.payments.v1.AccountOpened',
    key: accountId,
    payload: { accountId, userId: alice, currency: 'EUR' },
  });
  await feedOf(alice, 1);
  const topUpId = uuidv7();
  await publish({
    type: 'quayside.payments.v1.TopUpCompleted',
    key: topUpId,
    payload: { topUpId, userId: alice, accountId, amount: money('5000') },
  });
  await feedOf(alice, 2);
  const paid = payment(alice, bob, '1250');
  await publish(paid, refundOf(paid, '250'));
  const summary = (items: Item[]) => items.map(({ title, amount }) => [title, amount?.amount]);
  assert.deepEqual(summary(await feedOf(alice, 4)), [
    ['bob refunded you', '250'],
    ['You paid bob', '1250'],
    ['You topped up', '5000'],
    ['Your account was opened', undefined],
  ]);
  assert.deepEqual(summary(await feedOf(bob, 2)), [
    ['You refunded alice', '250'],
    ['alice paid you', '1250'],
  ]);
});

test('an event that is delivered twice is in the feed once', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  const paid = payment(alice, bob, '10');
  await publisher.database.transaction(async (tx) => {
    await appendToOutbox(tx, paid);
    await tx.query(
      `INSERT INTO outbox (id, topic, key, type, payload, headers)
       SELECT id, topic, key, type, payload, headers FROM outbox`,
    );
    // Of the same key, so it comes after both.
    await appendToOutbox(tx, refundOf(paid, '1'));
  });
  const types = (await feedOf(alice, 2)).map(({ type }) => type);
  assert.deepEqual(types, ['refund_received', 'payment_sent']);
});

test('pages follow each other without gap or repetition while new items arrive', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  await publish(
    ...Array.from({ length: 25 }, (_, index) => payment(alice, bob, String(index + 1))),
  );
  await feedOf(alice, 25);
  const first = await page(alice, { limit: 10 });
  await publish(payment(bob, alice, '999'));
  await feedOf(alice, 26);
  const second = await page(alice, { limit: 10, cursor: first.nextCursor });
  const third = await page(alice, { limit: 10, cursor: second.nextCursor });
  assert.equal(third.nextCursor, null);
  const amounts = [first, second, third].flatMap(({ items }) =>
    items.map(({ amount }) => Number(amount?.amount)),
  );
  assert.deepEqual(
    amounts.sort((a, b) => a - b),
    Array.from({ length: 25 }, (_, index) => index + 1),
  );
  const [newest] = (await page(alice, { limit: 1 })).items;
  assert.equal(newest?.amount?.amount, '999');
});

test('who is erased loses their feed, and their name in the feeds of others', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  await publish(payment(alice, bob, '1'));
  await feedOf(bob, 1);
  await publish({
    type: 'quayside.users.v1.UserErased',
    key: alice,
    payload: { userId: alice },
  });
  await waitFor(async () => (await feed(alice)).length === 0, {
    timeoutMs: 30_000,
    description: 'an empty feed',
  });
  // What was under way comes late.
  await publish(payment(alice, bob, '2'));
  const items = await feedOf(bob, 2);
  const shown = items.map(({ title, counterpartHandle }) => [title, counterpartHandle]);
  const expected = ['a deleted user paid you', 'deleted_user'];
  assert.deepEqual(shown, [expected, expected]);
  assert.deepEqual(await feed(alice), []);
});

test('a feed is its owner’s alone, a page of somebody else’s cursor included', async () => {
  const [alice, bob, carol] = [uuidv7(), uuidv7(), uuidv7()];
  await publish(payment(alice, bob, '1'), payment(alice, bob, '2'));
  await feedOf(alice, 2);
  const { nextCursor } = await page(alice, { limit: 1 });
  assert.deepEqual((await page(carol, { cursor: nextCursor })).items, []);
});

test('what arrives while the broker is away for a while is there afterwards', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  await gateway.broker.restart(async () => {
    await publish(payment(alice, bob, '7'));
  });
  assert.equal((await feedOf(alice, 1)).length, 1);
});

test('a message that is no event of the contract is set aside, those behind it arrive', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  await publisher.database.query(
    `INSERT INTO outbox (id, topic, key, type, payload)
     VALUES ($1, 'payments.payment.v1', 'k', 'quayside.payments.v1.PaymentCompleted', '\\xffff')`,
    [randomUUID()],
  );
  await publish(payment('not-a-user-id', bob, '3'));
  await publish(payment(alice, bob, '4'));
  assert.equal((await feedOf(alice, 1)).length, 1);
});
