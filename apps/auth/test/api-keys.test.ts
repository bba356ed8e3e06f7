import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { auth as messages } from '@quayside/contracts';
import { decodeJwt } from 'jose';
import { v7 } from 'uuid';
import { grantRoleCommand } from '../src/commands/grant-role';
import { newApiKey } from '../src/domain/api-key';
import { tokenHash } from '../src/domain/secret-token';
import { announcedEnds, PASSWORD, registered, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const scopes = ['accounts:read', 'payments:write'];
const create = (token: string, more: messages.CreateApiKeyRequest = {}) =>
  auth.user.CreateApiKey(token, { name: 'nightly job', scopes, password: PASSWORD, ...more });
const exchange = (apiKey: string) => auth.client.ExchangeApiKey({ apiKey });
const refused = { code: 'unauthenticated' };

async function keyOfSomebody(more?: messages.CreateApiKeyRequest) {
  const { person, tokens } = await registered(auth.client);
  const { apiKey, key } = await create(tokens.accessToken, more);
  return { person, token: tokens.accessToken, apiKey, key: key! };
}

test('a key is exchanged for a token of ten minutes with its scopes, by a machine and no person', async () => {
  const { person, apiKey, key } = await keyOfSomebody();
  const answer = await exchange(apiKey);
  assert.deepEqual([answer.userId, answer.scopes], [person.userId, scopes]);
  const { iat, exp, ...claims } = decodeJwt(answer.accessToken);
  assert.equal(exp! - iat!, 600);
  assert.equal(claims.sub, person.userId);
  assert.equal(claims.scope, scopes.join(' '));
  assert.deepEqual([claims.sid, claims.client_id], [key.keyId, key.keyId]);
  assert.deepEqual(
    [claims.acr, claims.auth_time, claims.second_factor],
    [undefined, undefined, false],
  );
});

test('keys are listed without their secrets, and stored as hashes', async () => {
  const { token, apiKey, key } = await keyOfSomebody();
  assert.equal(key.lastUsedAt, null);
  await exchange(apiKey);
  const [listed, ...more] = (await auth.user.ListApiKeys(token)).keys;
  assert.deepEqual(more, []);
  assert.ok(listed!.lastUsedAt);
  assert.deepEqual({ ...listed, lastUsedAt: null }, key);
  assert.ok(apiKey.startsWith(`${key.prefix}_`));
  const [dump] = await auth.database.query<{ all: string }>(
    `SELECT string_agg(k::text, ' ') AS all FROM api_keys k`,
  );
  const secret = apiKey.slice(key.prefix.length + 1);
  assert.ok(dump!.all.includes(key.keyId) && !dump!.all.includes(secret));
});

test('a revoked key, an expired one and others do not work; the end is announced as that of a session', async () => {
  const { person, token, apiKey, key } = await keyOfSomebody();
  const stranger = await keyOfSomebody();
  for (const id of [stranger.key.keyId, v7(), 'nonsense']) {
    await assert.rejects(auth.user.RevokeApiKey(token, id), { code: 'not_found' });
  }
  await auth.user.RevokeApiKey(token, key.keyId);
  await assert.rejects(exchange(apiKey), refused);
  await assert.rejects(auth.user.RevokeApiKey(token, key.keyId), { code: 'not_found' });
  assert.deepEqual(await announcedEnds(auth.database, person.userId), [
    { sessionId: key.keyId, reason: 'api_key_revoked' },
  ]);
  await exchange(stranger.apiKey);
  await auth.database.query('UPDATE api_keys SET expires_at = now() WHERE key_id = $1', [
    stranger.key.keyId,
  ]);
  for (const bad of [stranger.apiKey, newApiKey().apiKey, `${apiKey}x`, '', 'nonsense']) {
    await assert.rejects(exchange(bad), refused);
  }
});

test('a token of a key makes no further keys and changes no password', async () => {
  const { apiKey } = await keyOfSomebody();
  const { accessToken } = await exchange(apiKey);
  await assert.rejects(create(accessToken), { code: 'forbidden' });
  const passwords = { currentPassword: PASSWORD, newPassword: 'quite another battery' };
  await assert.rejects(auth.user.ChangePassword(accessToken, passwords), { code: 'forbidden' });
  await assert.rejects(auth.user.StepUp(accessToken, '123456'), { code: 'forbidden' });
});

test('a key has no scope that its owner has not, nor any longer', async () => {
  const { person, tokens } = await registered(auth.client);
  const invalid = { code: 'invalid_request' };
  await assert.rejects(create(tokens.accessToken, { scopes: ['ops:read'] }), invalid);
  await assert.rejects(create(tokens.accessToken, { scopes: ['identity:write'] }), invalid);
  const grant = (role: string) =>
    grantRoleCommand([person.email, role], { DATABASE_URL: auth.databaseUrl });
  await grant('support');
  const { apiKey } = await create(tokens.accessToken, { scopes: ['ops:read', 'accounts:read'] });
  assert.deepEqual((await exchange(apiKey)).scopes, ['ops:read', 'accounts:read']);
  await grant('customer');
  assert.deepEqual((await exchange(apiKey)).scopes, ['accounts:read']);
});

test('nobody has more than twenty keys, however many they make at once', async () => {
  const { token } = await keyOfSomebody();
  for (let count = 1; count < 18; count++) await create(token);
  const made = await Promise.allSettled(Array.from({ length: 5 }, () => create(token)));
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 2);
  assert.equal((await auth.user.ListApiKeys(token)).keys.length, 20);
});

test('a token alone makes no key: without a second factor the password is asked for', async () => {
  const { tokens } = await registered(auth.client);
  const by = (password: string) => create(tokens.accessToken, { password });
  await assert.rejects(by('wrong horse battery'), { code: 'wrong_password' });
  // What was not given is no guess.
  for (let again = 0; again < 7; again++) {
    await assert.rejects(by(''), { code: 'invalid_request' });
  }
  await by(PASSWORD);
});

test('another password revokes every key and announces that', async () => {
  const { person, token, apiKey, key } = await keyOfSomebody();
  const newPassword = 'quite another battery';
  await auth.user.ChangePassword(token, { currentPassword: PASSWORD, newPassword });
  await assert.rejects(exchange(apiKey), refused);
  assert.deepEqual(await announcedEnds(auth.database, person.userId), [
    { sessionId: key.keyId, reason: 'api_key_revoked' },
  ]);
});

test('a reset of the password revokes every key', async () => {
  const { person, apiKey } = await keyOfSomebody();
  const token = `qspr_${'A'.repeat(43)}`;
  await auth.database.query(
    `INSERT INTO password_reset_tokens VALUES ($1, $2, now() + interval '1 minute')`,
    [tokenHash(token), person.userId],
  );
  await auth.client.ConfirmPasswordReset({ token, newPassword: 'quite another battery' });
  await assert.rejects(exchange(apiKey), refused);
});
