// What others hear of it: exactly one event for each thing done, also when the broker is away meanwhile.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  consumerGroups,
  decodeEvent,
  topicOf,
  topics,
  type EventPayloads,
  type EventType,
} from '@quayside/contracts';
import { createConsumer, createKafka, listDeadLetters } from '@quayside/messaging';
import { waitFor } from '@quayside/testing';
import { refusal, startPayments, type PaymentsFixture, type TestCustomer } from './fixture';

let payments: PaymentsFixture;
let payer: TestCustomer;
let payee: TestCustomer;
before(async () => {
  payments = await startPayments();
  [payer, payee] = await Promise.all([payments.customer('payer'), payments.customer('payee')]);
});
after(() => payments.stop());

interface OutboxRow {
  type: EventType;
  topic: string;
  key: string;
  payload: Buffer;
}

test('an event for each thing done, none for a refusal or a replay; all are sent when the broker is back', async () => {
  const key = randomUUID();
  let topUpId = '';
  let paymentId = '';
  let refundId = '';
  let waiting: OutboxRow[] = [];
  await waitFor(async () => (await payments.database.query('SELECT FROM outbox')).length === 0);
  await payments.broker.restart(async () => {
    topUpId = await payer.topUp(100);
    paymentId = await payer.pay(payee.handle, 60, key);
    assert.equal(await payer.pay(payee.handle, 60, key), paymentId);
    await assert.rejects(payer.pay(payee.handle, 60), refusal('insufficient_funds'));
    refundId = await payee.refund(paymentId, 10);
    for (const end of ['capture', 'void'] as const) {
      await payee[end](await payer.hold(payee.handle, 10));
    }
    await payments.expire(await payer.hold(payee.handle, 10));
    waiting = await payments.database.query<OutboxRow>(
      'SELECT type, topic, key, payload FROM outbox ORDER BY position',
    );
  });

  const { accounts } = await payments.client.ListAccounts({}, { caller: payer.caller });
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const sides = {
    paymentId,
    payerUserId: payer.userId,
    payerHandle: payer.handle,
    payeeUserId: payee.userId,
    payeeHandle: payee.handle,
  };
  const expected = [
    {
      type: 'quayside.payments.v1.TopUpCompleted',
      key: topUpId,
      payload: {
        topUpId,
        userId: payer.userId,
        accountId: accounts[0]?.accountId,
        amount: eur('100'),
      },
    },
    {
      type: 'quayside.payments.v1.PaymentCompleted',
      key: paymentId,
      payload: { ...sides, amount: eur('60'), description: 'lunch' },
    },
    {
      type: 'quayside.payments.v1.PaymentRefunded',
      key: paymentId,
      payload: { ...sides, refundId, amount: eur('10') },
    },
  ];
  assert.deepEqual(
    waiting
      .slice(0, 3)
      .map(({ type, key, payload }) => ({ type, key, payload: decodeEvent(type, payload) })),
    expected,
  );
  assert.deepEqual(
    waiting.slice(3).map(({ type }) => type.replace('quayside.payments.v1.Payment', '')),
    ['Authorized', 'Captured', 'Authorized', 'Voided', 'Authorized', 'Expired'],
  );
  assert.ok(waiting.every(({ type, topic }) => topic === topicOf(type).name));
  await waitFor(async () => (await payments.database.query('SELECT FROM outbox')).length === 0, {
    timeoutMs: 30_000,
    description: 'the outbox to be sent',
  });
});

test('an account is announced once, to whoever reads the topic', async (t) => {
  const opened: EventPayloads['quayside.payments.v1.AccountOpened'][] = [];
  const kafka = createKafka({ brokers: [payments.broker.address], clientId: 'test' });
  const consumer = createConsumer({
    kafka,
    database: payments.database,
    group: consumerGroups.gateway,
    handlers: {
      'quayside.payments.v1.AccountOpened': (_tx, { payload }) => {
        opened.push(payload);
        return Promise.resolve();
      },
    },
  });
  consumer.start();
  t.after(async () => {
    await consumer.stop(5_000);
    await kafka.close();
  });
  // Announced again, and changed: neither opens another account.
  const { userId, handle } = payer;
  await payments.announce({ userId, handle });
  await payments.database.transaction((tx) => payments.publishUpdate(tx, { userId, handle }));
  const last = await payments.customer('last');
  await waitFor(() => opened.some((event) => event.userId === last.userId), {
    timeoutMs: 30_000,
    description: 'AccountOpened',
  });
  for (const person of [payer, payee, last]) {
    const { userId, caller } = person;
    const { accounts } = await payments.client.ListAccounts({}, { caller });
    assert.deepEqual(
      opened.filter((event) => event.userId === userId),
      accounts.map(({ accountId }) => ({ accountId, userId, currency: 'EUR' })),
    );
    assert.equal(accounts.length, 1);
  }
});

test('a handle that belongs to another user is a dead letter, not another account', async (t) => {
  const kafka = createKafka({ brokers: [payments.broker.address], clientId: 'test' });
  t.after(() => kafka.close());
  const userId = randomUUID();
  await payments.announce({ userId, handle: payee.handle });
  const place = { group: consumerGroups.payments.group, topic: topics.user.name };
  const letters = await waitFor(
    async () => {
      const all = await listDeadLetters(kafka, place);
      return all.length > 0 && all;
    },
    { timeoutMs: 30_000, description: 'the dead letter' },
  );
  assert.deepEqual(
    letters.map(({ key, reason }) => [key, reason.code]),
    [[userId, '23505']],
  );
  const owners = await payments.database.query<{ user_id: string }>(
    'SELECT user_id FROM handles WHERE handle = $1',
    [payee.handle],
  );
  assert.deepEqual(owners, [{ user_id: payee.userId }]);
});
