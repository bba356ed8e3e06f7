// Held against openapi.yaml: what every operation refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import request from 'supertest';
import { gateway, contract, call, prepare, key, eur, signUp } from './session';

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
