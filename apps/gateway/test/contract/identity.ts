// Held against openapi.yaml: what belongs to a person: sign-in, sessions, keys, second factor, profile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import { v7 as uuidv7 } from 'uuid';
import { RESET_TOKEN } from '../stand-ins/identity';
import { CODE } from '../stand-ins/second-factor';
import { gateway, call, newcomer, signUp } from './session';

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

test('passwords and sessions', async () => {
  const { accessToken: token, password } = await signUp('alice');
  const newPassword = 'quite another battery';
  const change = (currentPassword: string) =>
    call('changePassword', { token, body: { currentPassword, newPassword } });
  assert.equal((await change('wrong')).status, 403);
  assert.equal((await change(password)).status, 204);
  const reset = await call('requestPasswordReset', { body: { email: 'who@example.com' } });
  assert.equal(reset.status, 202);
  const confirm = (given: string) =>
    call('confirmPasswordReset', { body: { token: given, newPassword } });
  assert.equal((await confirm(RESET_TOKEN)).status, 204);
  assert.equal((await confirm('another')).status, 422);

  const { items } = (await call('listSessions', { token })).body as {
    items: { sessionId: string; device: string | null; current: boolean }[];
  };
  assert.deepEqual(
    items.map(({ device, current }) => [device, current]),
    [
      ['test', true],
      [null, false],
    ],
  );
  const end = (sessionId: string) => call('endSession', { token, path: { sessionId } });
  assert.equal((await end(items[1]!.sessionId)).status, 204);
  assert.equal((await end(uuidv7())).status, 404);
  assert.equal((await end('no-id')).status, 400);
});

test('API keys', async () => {
  const { accessToken: token, userId } = await signUp('alice');
  const body = { name: 'job', scopes: ['accounts:read'] };
  const made = await call('createApiKey', { token, body });
  assert.equal(made.status, 201);
  const { apiKey, key } = made.body as { apiKey: string; key: { keyId: string } };
  const bad = { ...body, expiresInDays: 367 };
  assert.equal((await call('createApiKey', { token, body: bad })).status, 400);
  gateway.standIns.auth.refuse('CreateApiKey', 'limit_exceeded');
  assert.equal((await call('createApiKey', { token, body })).status, 422);
  gateway.standIns.auth.overrides.clear();
  const { items } = (await call('listApiKeys', { token })).body as { items: unknown[] };
  assert.deepEqual(items, [key]);

  const exchanged = await call('exchangeApiKey', { body: { apiKey } });
  assert.equal(exchanged.status, 200);
  const { accessToken } = exchanged.body as { accessToken: string };
  assert.equal((exchanged.body as { userId: string }).userId, userId);
  assert.equal((await call('listAccounts', { token: accessToken })).status, 200);
  assert.equal((await call('listApiKeys', { token: accessToken })).status, 403);
  // A key itself opens nothing.
  assert.equal((await call('listAccounts', { token: apiKey })).status, 401);

  const revoke = (keyId: string) => call('revokeApiKey', { token, path: { keyId } });
  assert.equal((await revoke(key.keyId)).status, 204);
  assert.equal((await revoke(key.keyId)).status, 404);
  assert.equal((await revoke('no-id')).status, 400);
  assert.equal((await call('exchangeApiKey', { body: { apiKey } })).status, 401);
});

test('the second factor', async () => {
  const { accessToken: token, password } = await signUp('alice');
  const given = (code: string) => ({ token, body: { code } });
  assert.equal((await call('getSecondFactor', { token })).status, 200);
  assert.equal((await call('stepUp', given(CODE))).status, 404);
  assert.equal((await call('confirmSecondFactor', given(CODE))).status, 404);
  const enrol = (text: string) => call('enrolSecondFactor', { token, body: { password: text } });
  assert.equal((await enrol('wrong')).status, 403);
  assert.equal((await enrol(password)).status, 201);
  assert.equal((await call('confirmSecondFactor', given('000000'))).status, 403);
  assert.equal((await call('confirmSecondFactor', given(CODE))).status, 200);
  assert.equal((await call('confirmSecondFactor', given(CODE))).status, 409);
  assert.equal((await enrol(password)).status, 409);
  assert.equal((await call('stepUp', given('000000'))).status, 403);

  const refused = await call('disableSecondFactor', { token });
  assert.equal(refused.status, 401);
  assert.match((refused.body as { type: string }).type, /\/step_up_required$/);
  assert.match(
    String(refused.headers['www-authenticate']),
    /^Bearer error="insufficient_user_authentication", acr_values="aal2"$/,
  );
  const stepped = await call('stepUp', given(CODE));
  const { accessToken } = stepped.body as { accessToken: string };
  assert.equal((await call('disableSecondFactor', { token: accessToken })).status, 204);
  assert.equal((await call('disableSecondFactor', { token: accessToken })).status, 404);
});

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
