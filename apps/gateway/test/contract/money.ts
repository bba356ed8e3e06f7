// Held against openapi.yaml: accounts, top-ups with their webhooks, payments.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { v7 as uuidv7 } from 'uuid';
import { gateway, webhookSecret, oldWebhookSecret, call, key, eur, signUp } from './session';

test('accounts and statements', async () => {
  const { accessToken: token, userId } = await signUp('alice');
  const { items } = (await call('listAccounts', { token })).body as { items: unknown[] };
  assert.equal(items.length, 1);
  const open = (currency: string, by = token) =>
    call('openAccount', { token: by, body: { currency } });
  assert.deepEqual([(await open('USD')).status, (await open('EUR')).status], [201, 200]);
  assert.equal((await open('CHF')).status, 400);
  assert.equal((await open('USD', await gateway.tokens.userToken())).status, 404);
  const path = { accountId: userId };
  const page = await call('getStatement', { token, path, query: { limit: 2 } });
  const { nextCursor } = page.body as { nextCursor: string };
  const rest = await call('getStatement', { token, path, query: { limit: 2, cursor: nextCursor } });
  assert.equal((rest.body as { nextCursor: unknown }).nextCursor, null);
  const period = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00+01:00' };
  const whole = await call('getStatement', { token, path, query: period });
  assert.deepEqual((whole.body as { openingBalance: object }).openingBalance, eur('0'));
  for (const from of ['yesterday', '2026-02-31']) {
    assert.equal((await call('getStatement', { token, path, query: { from } })).status, 400);
  }
  assert.equal((await call('getStatement', { token })).status, 404);
  assert.equal((await call('getStatement', { token, path, query: { limit: 0 } })).status, 400);
});

test('top-ups', async () => {
  const { accessToken: token } = await signUp('alice');
  const made = await call('createTopUp', { token, headers: key(), body: { amount: eur('500') } });
  assert.equal(made.status, 201);
  const { topUpId } = made.body as { topUpId: string };
  assert.equal(made.headers.location, `/api/v1/top-ups/${topUpId}`);
  assert.equal((await call('getTopUp', { token, path: { topUpId } })).status, 200);
  const late = { amount: eur('500'), cardToken: 'tok_answers-late' };
  assert.equal((await call('createTopUp', { token, headers: key(), body: late })).status, 202);
  // What may be the number of a card goes no further, and is not repeated.
  const before = gateway.standIns.payments.calls.get('CreateTopUp');
  for (const cardToken of [
    '4242424242424242',
    '4242 4242 4242 4242',
    'tok_',
    ' tok_x',
    'tok_x\n',
  ]) {
    const body = { amount: eur('500'), cardToken };
    const answer = await call('createTopUp', { token, headers: key(), body });
    assert.equal(answer.status, 400, cardToken);
    const { errors } = answer.body as { errors: { path: string }[] };
    assert.deepEqual(new Set(errors.map(({ path }) => path)), new Set(['/body/cardToken']));
    assert.doesNotMatch(answer.text, /4242/);
  }
  assert.equal(gateway.standIns.payments.calls.get('CreateTopUp'), before);
  assert.equal((await call('getTopUp', { token })).status, 404);
  const path = { topUpId: 'no-id' };
  assert.equal((await call('getTopUp', { token, path })).status, 400);
  const stranger = await gateway.tokens.userToken();
  const refused = { token: stranger, headers: key(), body: { amount: eur('5') } };
  assert.equal((await call('createTopUp', refused)).status, 404);
  gateway.standIns.payments.refuse('CreateTopUp', 'currency_mismatch');
  assert.equal((await call('createTopUp', refused)).status, 422);
  gateway.standIns.payments.overrides.clear();
});

/** Sends a webhook as the card processor does. */
function webhook(body: object, secret = webhookSecret, at = new Date()) {
  const text = JSON.stringify(body);
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
  const signature = { 'card-processor-signature': `t=${seconds},v1=${mac}` };
  return call('receiveCardProcessorEvent', {
    headers: { ...signature, 'content-type': 'application/json' },
    body: text,
  });
}

test('webhooks of the card processor', async () => {
  const event = {
    ...{ eventId: 'evt_1', type: 'charge.succeeded', createdAt: '2026-01-02T03:04:05.678Z' },
    ...{ chargeId: 'ch_1', chargeKey: uuidv7(), refundId: '', amount: '1000', currency: 'EUR' },
  };
  assert.equal((await webhook(event)).status, 204);
  assert.equal((await webhook(event, oldWebhookSecret)).status, 204);
  assert.deepEqual([...gateway.standIns.world.processorEvents], ['evt_1']);
  // What is not right reaches nobody.
  const known = gateway.standIns.payments.calls.get('RecordProcessorEvent');
  assert.equal((await webhook(event, 'not the secret of the processor')).status, 401);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  assert.equal((await webhook(event, webhookSecret, anHourAgo)).status, 401);
  assert.equal((await webhook({ ...event, amount: '-1' })).status, 400);
  const unsigned = await call('receiveCardProcessorEvent', { body: event });
  assert.equal(unsigned.status, 400);
  assert.equal(gateway.standIns.payments.calls.get('RecordProcessorEvent'), known);
  // Not stored is not taken: the processor sends it again.
  gateway.standIns.payments.refuse('RecordProcessorEvent', 'unavailable');
  assert.equal((await webhook(event)).status, 503);
  gateway.standIns.payments.overrides.clear();
});

test('payments and refunds', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  const pay = (amount: string, toHandle = bob.handle) =>
    call('createPayment', {
      token: alice.accessToken,
      headers: key(),
      body: { toHandle, amount: eur(amount), description: 'lunch', capture: true },
    });
  assert.equal((await pay('100')).status, 402);
  const topUp = { token: alice.accessToken, headers: key(), body: { amount: eur('500') } };
  await call('createTopUp', topUp);
  const paid = await pay('100', bob.handle.toUpperCase());
  assert.equal(paid.status, 201);
  const { paymentId } = paid.body as { paymentId: string };
  assert.equal(paid.headers.location, `/api/v1/payments/${paymentId}`);
  assert.equal((await pay('1', 'nobody_here')).status, 404);
  assert.equal((await pay('1', alice.handle)).status, 422);

  const path = { paymentId };
  const refund = (body?: object, token = bob.accessToken) =>
    call('refundPayment', { token, path, headers: key(), body });
  assert.equal((await refund({ amount: eur('40') })).status, 201);
  const read = await call('getPayment', { token: alice.accessToken, path });
  assert.equal((read.body as { status: string }).status, 'partially_refunded');
  assert.equal((await refund({ amount: eur('61') })).status, 422);
  assert.equal((await refund(undefined)).status, 201);
  assert.equal((await refund({}, alice.accessToken)).status, 404);
  gateway.standIns.payments.refuse('RefundPayment', 'insufficient_funds');
  assert.equal((await refund({})).status, 402);
  gateway.standIns.payments.overrides.clear();

  const token = bob.accessToken;
  assert.equal((await call('getPayment', { token, path })).status, 200);
  assert.equal((await call('getPayment', { token })).status, 404);
  assert.equal((await call('getPayment', { token, path: { paymentId: '1' } })).status, 400);
});

test('payments that are authorized first', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  const topUp = { token: alice.accessToken, headers: key(), body: { amount: eur('500') } };
  await call('createTopUp', topUp);
  const authorize = async () => {
    const made = await call('createPayment', {
      token: alice.accessToken,
      headers: key(),
      body: { toHandle: bob.handle, amount: eur('100'), capture: false },
    });
    const payment = made.body as { paymentId: string; status: string; expiresAt: unknown };
    assert.deepEqual([made.status, payment.status], [201, 'authorized']);
    return { paymentId: payment.paymentId };
  };
  const settle = (id: string, path: { paymentId: string }, body?: object, by = bob) =>
    call(id, { token: by.accessToken, headers: key(), path, body });
  const first = await authorize();
  assert.equal((await settle('capturePayment', first, {}, alice)).status, 404);
  const captured = await settle('capturePayment', first, { amount: eur('40') });
  assert.equal(captured.status, 201);
  assert.deepEqual((captured.body as { captured: unknown }).captured, eur('40'));
  assert.equal((await settle('capturePayment', first)).status, 422);
  const second = await authorize();
  assert.equal((await settle('voidPayment', second, undefined, alice)).status, 404);
  const voided = await settle('voidPayment', second);
  assert.deepEqual([voided.status, (voided.body as { status: string }).status], [201, 'voided']);
  assert.equal((await settle('voidPayment', second)).status, 422);
  for (const id of ['capturePayment', 'voidPayment']) {
    assert.equal((await settle(id, { paymentId: 'x' })).status, 400);
  }
});
