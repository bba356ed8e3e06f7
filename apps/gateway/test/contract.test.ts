// Every documented operation is called, and every answer, success or problem, is held against openapi.yaml.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import request, { type Response, type Test } from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import type { ApiOperation } from '../src/http/document';
import type { Call } from './contract-calls';
import { identityContract } from './contract-of-identity';
import { operatorsContract } from './contract-of-operators';
import { startGateway, type TestGateway } from './gateway';
import { createContract } from './response-contract';
import { CODE } from './stand-ins/second-factor';

const webhookSecret = 'the key by which webhooks are signed now';
const oldWebhookSecret = 'the key by which they were signed before';

let gateway: TestGateway;
let contract: ReturnType<typeof createContract>;
before(async () => {
  gateway = await startGateway({
    CARD_PROCESSOR_WEBHOOK_SECRET: webhookSecret,
    CARD_PROCESSOR_WEBHOOK_SECRET_OLD: oldWebhookSecret,
  });
  contract = createContract(gateway.document);
});
after(() => gateway.stop());

const known = (id: string): ApiOperation => {
  const found = contract.operations.find(({ operationId }) => operationId === id);
  assert.ok(found, `openapi.yaml has no ${id}`);
  return found;
};

function prepare(
  operation: ApiOperation,
  { path = {}, query, token, headers = {} }: Call,
  at = gateway.url,
): Test {
  const url = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? uuidv7());
  const prepared = request(at)[operation.method](url);
  if (query) prepared.query(query);
  if (token) prepared.set('authorization', `Bearer ${token}`);
  return prepared.set(headers);
}

async function call(id: string, options: Call = {}) {
  const operation = known(id);
  const prepared = prepare(operation, options);
  const answer = await (options.body === undefined
    ? prepared
    : prepared.send(options.body as object));
  return contract.verify(operation, answer);
}

const key = (value: string = uuidv7()) => ({ 'idempotency-key': value });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

function newcomer(name: string) {
  const handle = `${name}_${uuidv7().slice(-8)}`;
  const email = `${handle}@example.com`;
  return { email, password: 'correct horse battery', handle, displayName: name };
}

async function signUp(name: string) {
  const body = newcomer(name);
  const answer = await call('register', { body, headers: { prefer: 'wait=5' } });
  assert.equal(answer.status, 201);
  return {
    ...body,
    ...(answer.body as { userId: string; accessToken: string; refreshToken: string }),
  };
}

test('sign-up, sign-in, refresh, sign-out', async () => {
  const alice = await signUp('alice');
  const { email, password } = alice;
  const signedIn = await call('login', { body: { email, password } });
  assert.equal(signedIn.status, 200);
  const { refreshToken } = signedIn.body as { refreshToken: string };
  assert.equal((await call('refresh', { body: { refreshToken } })).status, 200);
  assert.equal((await call('refresh', { body: { refreshToken } })).status, 401);
  assert.equal((await call('logout', { body: { refreshToken: alice.refreshToken } })).status, 204);
  assert.equal((await call('login', { body: { email, password: 'wrong' } })).status, 401);
  const again = { email, password, handle: 'somebody_else', displayName: 'x' };
  assert.equal((await call('register', { body: again })).status, 409);
});

identityContract({ call, signUp, gateway: () => gateway });

test('who has tried too often is told for how long to wait', async () => {
  const error = new QuaysideError('rate_limited', 'Too many attempts.', { retryAfterSeconds: 30 });
  const { overrides } = gateway.standIns.auth;
  const calls: [string, string, unknown][] = [
    ['Login', 'login', { email: 'a@example.com', password: 'x' }],
    ['Register', 'register', newcomer('alice')],
    ['ChangePassword', 'changePassword', { currentPassword: 'x', newPassword: 'y'.repeat(12) }],
    ['RequestPasswordReset', 'requestPasswordReset', { email: 'a@example.com' }],
    ['ConfirmPasswordReset', 'confirmPasswordReset', { token: 'x', newPassword: 'y'.repeat(12) }],
    ['EnrolSecondFactor', 'enrolSecondFactor', { password: 'x' }],
    ['ConfirmSecondFactor', 'confirmSecondFactor', { code: CODE }],
    ['StepUp', 'stepUp', { code: CODE }],
  ];
  const token = await gateway.tokens.userToken();
  for (const [method, operation, body] of calls) {
    overrides.set(method, () => Promise.reject(error));
    const answer = await call(operation, { body, token });
    assert.deepEqual([answer.status, answer.headers['retry-after']], [429, '30'], operation);
  }
  overrides.clear();
});

test('people', async () => {
  const alice = await signUp('alice');
  const token = alice.accessToken;
  assert.equal((await call('getOwnProfile', { token })).status, 200);
  const renamed = await call('updateOwnProfile', { token, body: { displayName: 'Al' } });
  assert.equal((renamed.body as { displayName: string }).displayName, 'Al');
  const found = await call('findUser', { token, path: { handle: alice.handle.toUpperCase() } });
  assert.deepEqual(found.body, { handle: alice.handle, displayName: 'Al' });
  assert.equal((await call('findUser', { token, path: { handle: 'nobody_here' } })).status, 404);
  assert.equal((await call('findUser', { token, path: { handle: 'a-b' } })).status, 400);
  const stranger = await gateway.tokens.userToken();
  assert.equal((await call('getOwnProfile', { token: stranger })).status, 404);
  const body = { displayName: 'x' };
  assert.equal((await call('updateOwnProfile', { token: stranger, body })).status, 404);
});

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
  const late = { amount: eur('500'), cardToken: 'answers-late' };
  assert.equal((await call('createTopUp', { token, headers: key(), body: late })).status, 202);
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

operatorsContract({ call, signUp, gateway: () => gateway });

test('the feed and the overview', async () => {
  const { accessToken: token } = await signUp('alice');
  const overview = await call('getOverview', { token });
  assert.deepEqual((overview.body as { missing: unknown }).missing, []);
  assert.equal((await call('listActivity', { token })).status, 200);
  const query = { cursor: 'nonsense' };
  assert.equal((await call('listActivity', { token, query })).status, 400);
});

test('the feed, live', async () => {
  const { accessToken: token } = await signUp('alice');
  const stop = new AbortController();
  const open = () =>
    fetch(`${gateway.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
  const streams = await Promise.all(Array.from({ length: 5 }, open));
  const first = streams[0]?.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const text = Buffer.from((await first.read()).value ?? []).toString();
  assert.match(text, /^retry: \d+\nid: 0\n\n$/);
  const headers = Object.fromEntries(streams[0]?.headers ?? []);
  contract.verify(known('streamEvents'), { status: 200, headers, text } as unknown as Response);
  assert.equal((await call('streamEvents', { token })).status, 429);
  stop.abort();
  const lost = { token, headers: { 'last-event-id': 'the last one' } };
  assert.equal((await call('streamEvents', lost)).status, 400);
});

test('the keys and the document', async () => {
  const keys = await call('getJwks');
  assert.deepEqual(keys.body, gateway.tokens.jwks);
  assert.match(String(keys.headers['cache-control']), /^public, max-age=\d+/);
  assert.deepEqual((await call('getOpenApi')).body, gateway.document);
});

test('whoever has no token, a bad one, or one without the scopes is refused everywhere', async () => {
  const expired = await gateway.tokens.userToken({ expiresIn: -60 });
  const elsewhere = await gateway.tokens.userToken({ audience: 'somebody-else' });
  const scopeless = await gateway.tokens.userToken({ scopes: ['unheard:of'] });
  for (const { operationId, access } of contract.operations) {
    if (access.kind === 'public') continue;
    for (const token of [undefined, 'nonsense', expired, elsewhere]) {
      const { status, headers } = await call(operationId, { token });
      assert.equal(status, 401, operationId);
      assert.match(String(headers['www-authenticate']), /^Bearer/);
    }
    assert.equal((await call(operationId, { token: scopeless })).status, 403, operationId);
    for (const missing of access.scopes) {
      const scopes = access.scopes.filter((scope) => scope !== missing);
      const token = await gateway.tokens.userToken({ scopes: ['other:read', ...scopes] });
      assert.equal((await call(operationId, { token })).status, 403, `${operationId} ${missing}`);
    }
  }
});

test('bodies that are not JSON, not JSON by type, too large, or have unknown fields are refused', async () => {
  const withBody = contract.operations.filter(({ method }) => !['get', 'delete'].includes(method));
  for (const operation of withBody) {
    const scopes = operation.access.kind === 'user' ? operation.access.scopes : [];
    const token = await gateway.tokens.userToken({ scopes: ['other:read', ...scopes] });
    const send = (type: string, body: string) =>
      prepare(operation, { token, headers: { ...key(), 'content-type': type } }).send(body);
    const bodies: [string, string, number][] = [
      ['application/json', '{"amount": ', 400],
      ['application/json', '[]', 400],
      ['application/json', '{"surprise": true}', 400],
      ['application/json', JSON.stringify({ surprise: 'x'.repeat(70_000) }), 413],
      ['text/plain', '{}', 415],
      ['application/x-www-form-urlencoded', 'a=b', 415],
    ];
    for (const [type, body, status] of bodies) {
      const answer = contract.verify(operation, await send(type, body));
      assert.equal(answer.status, status, `${operation.operationId} ${type} ${body.slice(0, 20)}`);
      assert.doesNotMatch(answer.text, /surprise.*true|node_modules/);
    }
  }
});

test('a key that is missing, empty, too long or not visible ASCII is refused', async () => {
  const token = await gateway.tokens.userToken();
  const body = { toHandle: 'bob', amount: eur('1') };
  for (const value of [undefined, '', 'k'.repeat(256), 'two words', 'clé']) {
    const headers = value === undefined ? {} : key(value);
    const answer = await call('createPayment', { token, headers, body });
    assert.equal(answer.status, 400, value);
    const { errors } = answer.body as { errors: { path: string }[] };
    assert.deepEqual([...new Set(errors.map(({ path }) => path))], ['/headers/idempotency-key']);
  }
});

test('amounts that are not positive whole numbers as text are refused', async () => {
  const token = await gateway.tokens.userToken();
  const amounts = [0, 5, '0', '-5', '1.5', '1e3', '', ' 1', '01', '1'.repeat(19), null, '١'];
  for (const amount of amounts) {
    const body = { toHandle: 'bob', amount: { amount, currency: 'EUR' } };
    const answer = await call('createPayment', { token, headers: key(), body });
    assert.equal(answer.status, 400, String(amount));
  }
});

test('a part that is down is a problem that says so', async () => {
  const { accessToken: token } = await signUp('alice');
  gateway.standIns.payments.refuse('ListAccounts', 'unavailable');
  const answer = await call('listAccounts', { token });
  assert.equal(answer.status, 503);
  assert.ok(answer.headers['retry-after']);
  gateway.standIns.payments.overrides.clear();
});

test('one request too many is a problem that says when to come again', async () => {
  const strict = await gateway.addReplica({ RATE_LIMIT_ADDRESS: '1' });
  await request(strict.url).get('/openapi.json');
  for (const operation of contract.operations) {
    const answer = await prepare(operation, {}, strict.url);
    assert.equal(contract.verify(operation, answer).status, 429);
    for (const name of ['retry-after', 'ratelimit', 'ratelimit-policy']) {
      assert.ok(answer.headers[name], name);
    }
  }
  await strict.stop();
});

test('every answer that openapi.yaml names has been seen by now', () => {
  const unseen = contract.documentedAnswers().filter((answer) => !contract.seen.has(answer));
  assert.deepEqual(unseen, []);
});
