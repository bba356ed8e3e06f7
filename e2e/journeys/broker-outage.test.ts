// The broker is gone for a while during payments: every payment is accepted, every event arrives afterwards,
// in order per key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { topics } from '@quayside/contracts';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { auditLedger } from '../audit';
import { expectStatus, signUp } from '../customer';
import { startTemporarySystem } from '../temporary';
import { readTopics } from '../topic-reader';

const PAYMENTS = 30;
let system: RunningSystem;

before(async () => {
  system = await startTemporarySystem();
});
after(async () => {
  await system.stop();
});

test('payments go on without the broker, and no event is lost or reordered', async () => {
  const payer = await signUp(system.gatewayUrl, 'paula');
  const payee = await signUp(system.gatewayUrl, 'quinn');
  expectStatus(await payer.topUp('100000'), 201);

  await system.stopProcess('broker');
  const accepted = await Promise.all(
    Array.from({ length: PAYMENTS }, async () => {
      const { paymentId } = expectStatus(await payer.pay(payee.handle, '100'), 201);
      expectStatus(await payee.refund(paymentId, '40'), 201);
      expectStatus(await payee.refund(paymentId, '60'), 201);
      return paymentId;
    }),
  );
  await system.startProcess('broker');

  const feed = await waitFor(
    async () => {
      const items = await payer.activity();
      return items.filter(({ paymentId }) => paymentId).length >= 3 * PAYMENTS && items;
    },
    { timeoutMs: 60_000, description: 'every payment and refund in the feed' },
  );
  for (const paymentId of accepted) {
    assert.equal(feed.filter((item) => item.paymentId === paymentId).length, 3, paymentId);
  }

  const reader = await readTopics(system.kafkaBrokers, [topics.payment.name]);
  try {
    await waitFor(() => new Set(reader.messages.map(({ id }) => id)).size >= 3 * PAYMENTS, {
      timeoutMs: 20_000,
      description: 'every event on the topic',
    });
  } finally {
    await reader.stop();
  }
  for (const paymentId of accepted) {
    const mine = reader.messages.filter(({ key }) => key === paymentId);
    const first = [...new Map(mine.map((message) => [message.id, message])).values()];
    assert.deepEqual(
      first.map(({ type }) => type.split('.').at(-1)),
      ['PaymentCompleted', 'PaymentRefunded', 'PaymentRefunded'],
    );
  }
  assert.deepEqual(await auditLedger(system), []);
});
