// SIGTERM of each service under load: every request whose headers had arrived gets its own answer, and what
// was answered with 201 is in the ledger, once. kill -9 may cost answers, never money.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { auditLedger } from '../audit';
import { expectStatus, signUp, type Customer } from '../customer';
import { startLoad, type Sent } from '../load';
import { startTemporarySystem } from '../temporary';

let system: RunningSystem;
let payer: Customer;
let payee: Customer;

before(async () => {
  system = await startTemporarySystem();
  payer = await signUp(system.gatewayUrl, 'rosa');
  payee = await signUp(system.gatewayUrl, 'sam');
  expectStatus(await payer.topUp('1000000'), 201);
});
after(async () => {
  await system.stop();
});

async function acceptedWhile(disturb: () => Promise<void>): Promise<Sent[]> {
  const load = startLoad({ gatewayUrl: system.gatewayUrl, payer, payee, clients: 8 });
  const accepted = () => load.sent.filter(({ status }) => status === 201).length;
  await waitFor(() => accepted() > 50, { timeoutMs: 20_000, description: 'the load to run' });
  await disturb();
  const before = accepted();
  await waitFor(() => accepted() > before + 50, {
    timeoutMs: 30_000,
    description: 'payments to be accepted again',
  });
  return load.stop();
}

/** Sends every unanswered payment again with its key: afterwards each is decided. */
async function settle(sent: Sent[]): Promise<void> {
  for (const { key } of sent.filter(({ status }) => status !== 201)) {
    expectStatus(await payer.pay(payee.handle, '1', key), 201);
  }
}

async function everyCentIsThere(sent: Sent[]): Promise<void> {
  const paid = new Set((await payer.statement()).map(({ paymentId }) => paymentId));
  const lost = sent.filter(({ paymentId }) => paymentId !== undefined && !paid.has(paymentId));
  assert.deepEqual(lost, []);
  assert.deepEqual(await auditLedger(system), []);
}

for (const name of ['payments', 'users', 'auth'] as const) {
  test(`SIGTERM of ${name} under load: every request is answered, nothing accepted is lost`, async () => {
    const sent = await acceptedWhile(() => system.restart(name));
    const unanswered = sent.filter(({ status }) => status === undefined);
    assert.deepEqual(unanswered, []);
    const odd = sent.filter(({ status }) => status !== 201 && status !== 503);
    assert.deepEqual(odd, []);
    await everyCentIsThere(sent);
  });
}

test('SIGTERM of the gateway under load: every request that arrived before it is answered', async () => {
  let signalledAt = 0;
  const sent = await acceptedWhile(async () => {
    signalledAt = Date.now();
    await system.restart('gateway');
  });
  const unanswered = sent.filter(
    ({ status, writtenAt }) => status === undefined && writtenAt > 0 && writtenAt < signalledAt,
  );
  assert.deepEqual(unanswered, []);
  await everyCentIsThere(sent);
});

test('kill -9 of payments under load: no accepted payment is lost, retried keys pay once', async () => {
  const sent = await acceptedWhile(() => {
    system.kill('payments', 'SIGKILL');
    return Promise.resolve();
  });
  await everyCentIsThere(sent);
  await settle(sent.slice(-200));
  await everyCentIsThere(sent);
});
