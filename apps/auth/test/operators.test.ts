// What operators may look up and end, what a recent sign-in is, and what is left of an identity that is deleted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTokenVerifier, type UserCaller } from '@quayside/identity';
import type { JSONWebKeySet } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { grantRoleCommand } from '../src/commands/grant-role';
import { throttleKeysOf } from '../src/domain/throttle';
import { onUserErased } from '../src/events/user-erased';
import { announcedEnds, PASSWORD, registered, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
let operator: UserCaller;
let support: UserCaller;
before(async () => {
  auth = await startAuth();
  [operator, support] = [await signedInAs('admin'), await signedInAs('support')];
});
after(() => auth.stop());

/** The caller that auth's own token makes. */
async function callerOf(accessToken: string): Promise<UserCaller> {
  const { jwksJson } = await auth.client.GetJwks({});
  const { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = auth.tokens.env;
  const fetchJwks = () => Promise.resolve(JSON.parse(jwksJson) as JSONWebKeySet);
  return createTokenVerifier({ fetchJwks, issuer, audience }).verify(accessToken);
}

async function signedInAs(role: string): Promise<UserCaller> {
  const { person } = await registered(auth.client);
  await grantRoleCommand([person.email, role], { DATABASE_URL: auth.databaseUrl });
  const { tokens } = await auth.client.Login(person);
  return callerOf(tokens!.accessToken);
}

async function customer() {
  const { person, tokens } = await registered(auth.client);
  return { ...person, ...tokens, caller: await callerOf(tokens.accessToken) };
}

const newKey = { name: 'nightly job', scopes: ['accounts:read'], password: PASSWORD };
const erase = (userId: string) => auth.database.transaction((tx) => onUserErased(tx, { userId }));
const sessionEvents = (userId: string) =>
  auth.database.query(
    "SELECT FROM outbox WHERE key = $1 AND type = 'quayside.auth.v1.SessionEnded'",
    [userId],
  );

test('an identity is found by its address, however it is written, and by its id', async () => {
  const { userId, email } = await customer();
  const found = await auth.client.as(support).FindIdentity({ email: email.toUpperCase() });
  const { createdAt, ...rest } = found;
  assert.deepEqual(rest, { userId, email, role: 'customer' });
  assert.ok(createdAt);
  assert.deepEqual(await auth.client.as(support).FindIdentity({ userId }), found);
  for (const request of [{ userId: v7() }, { userId: 'x' }, { email: 'no@body.example' }, {}]) {
    await assert.rejects(auth.client.as(support).FindIdentity(request), { code: 'not_found' });
  }
});

test('the sessions of anybody are listed, newest first, and ended; each end is announced', async () => {
  const person = await customer();
  const { userId } = person;
  await auth.client.Login(person);
  await auth.client.Logout({ refreshToken: person.refreshToken });
  const list = () => auth.client.as(support).ListSessionsOf({ userId });
  const { sessions } = await list();
  assert.deepEqual(
    sessions.map(({ endReason }) => endReason),
    ['', 'logout'],
  );
  const end = () => auth.client.as(operator).EndSessionsOf({ userId });
  assert.deepEqual(await end(), { ended: 1, apiKeysRevoked: 0 });
  assert.deepEqual(await end(), { ended: 0, apiKeysRevoked: 0 });
  const reasons = (await list()).sessions.map(({ endReason }) => endReason);
  assert.deepEqual(reasons, ['ended_by_operator', 'logout']);
  assert.equal((await sessionEvents(userId)).length, 2);
  await assert.rejects(auth.client.Refresh(person), { code: 'unauthenticated' });
});

test('with the sessions the API keys end: who must be out does not come back by one', async () => {
  const { userId, accessToken } = await customer();
  const { apiKey, key } = await auth.user.CreateApiKey(accessToken, newKey);
  const ended = await auth.client.as(operator).EndSessionsOf({ userId });
  assert.deepEqual(ended, { ended: 1, apiKeysRevoked: 1 });
  await assert.rejects(auth.client.ExchangeApiKey({ apiKey }), { code: 'unauthenticated' });
  const [session, ofKey] = await announcedEnds(auth.database, userId);
  assert.equal(session!.reason, 'ended_by_operator');
  assert.deepEqual(ofKey, { sessionId: key!.keyId, reason: 'api_key_revoked' });
});

test('support looks up and does not act; a customer does neither', async () => {
  const { userId, caller } = await customer();
  const calls = { userId };
  await assert.rejects(auth.client.as(support).EndSessionsOf(calls), { code: 'forbidden' });
  for (const method of ['FindIdentity', 'ListSessionsOf', 'EndSessionsOf'] as const) {
    await assert.rejects(auth.client.as(caller)[method](calls), { code: 'forbidden' }, method);
  }
});

test('a sign-in is recent for a while; a refresh makes it no more so', async () => {
  const { userId, caller, refreshToken } = await customer();
  const check = async (by = caller, maxAgeSeconds = 300) =>
    (await auth.client.as(by).CheckRecentSignIn({ maxAgeSeconds })).result;
  assert.equal(await check(), 'RECENT_SIGN_IN_RECENT');
  await auth.database.query(
    "UPDATE sessions SET created_at = now() - interval '301 seconds' WHERE user_id = $1",
    [userId],
  );
  assert.equal(await check(), 'RECENT_SIGN_IN_TOO_OLD');
  const { tokens } = await auth.client.Refresh({ refreshToken });
  assert.equal(await check(await callerOf(tokens!.accessToken)), 'RECENT_SIGN_IN_TOO_OLD');
  assert.equal(await check(caller, 600), 'RECENT_SIGN_IN_RECENT');
  await auth.client.Logout({ refreshToken });
  assert.equal(await check(caller, 600), 'RECENT_SIGN_IN_ENDED');
  await erase(userId);
  assert.equal(await check(), 'RECENT_SIGN_IN_IDENTITY_DELETED');
});

/** Tables of auth in which the id or the address of a person stands. */
async function traces({ userId, email }: { userId: string; email: string }) {
  const tables = await auth.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.table_privileges
     WHERE table_schema = 'public' AND privilege_type = 'SELECT' AND grantee = current_user
       AND table_name NOT IN ('outbox', 'inbox')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await auth.database.query(
      `SELECT FROM ${name} AS t WHERE strpos(lower(t::text), $1) > 0 OR strpos(lower(t::text), $2) > 0`,
      [userId, email.toLowerCase()],
    );
    if (rows.length > 0) found.push(name);
  }
  return found.sort();
}

/** Somebody of whom auth has all that it can have. */
async function knownThroughout() {
  const person = await customer();
  const client = { address: '198.51.100.7', userAgent: '' };
  await auth.client.Login({ ...person, client });
  await auth.user.CreateApiKey(person.accessToken, newKey);
  const wrong = { password: 'wrong horse battery' };
  const elsewhere = { ...client, address: '203.0.113.9' };
  for (const more of [{ client }, { client: elsewhere }]) {
    await assert.rejects(auth.client.Login({ ...person, ...wrong, ...more }));
  }
  const { secret } = await auth.user.EnrolSecondFactor(person.accessToken, person.password);
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await auth.user.ConfirmSecondFactor(person.accessToken, code);
  const passwords = { currentPassword: wrong.password, newPassword: 'quite another battery' };
  await assert.rejects(auth.user.ChangePassword(person.accessToken, passwords));
  await auth.database.query(
    "INSERT INTO password_reset_requests VALUES ($1, now(), now() + interval '1 hour')",
    [person.email.toLowerCase()],
  );
  await auth.database.query(
    "INSERT INTO password_reset_tokens VALUES (sha256('x'), $1, now() + interval '1 hour')",
    [person.userId],
  );
  return person;
}

test('of an erased identity nothing is left, whatever there was; the tokens of its sessions and keys end first', async () => {
  const person = await knownThroughout();
  assert.deepEqual(await traces(person), [
    ...['api_keys', 'identities', 'password_reset_requests', 'password_reset_tokens'],
    ...['recovery_codes', 'second_factors', 'sessions'],
  ]);
  const emailNormalised = person.email.toLowerCase();
  const keys = throttleKeysOf({ ...person, emailNormalised }, ['198.51.100.7']);
  const throttled = async () =>
    (await auth.database.query('SELECT FROM throttles WHERE key = ANY($1)', [keys])).length;
  // Their password, their code, their address here and anywhere.
  assert.equal(await throttled(), 4);
  await erase(person.userId);
  assert.deepEqual(await traces(person), []);
  assert.equal(await throttled(), 0);
  await erase(person.userId);
  assert.equal((await sessionEvents(person.userId)).length, 3);
});

test('an erased identity does not sign in any more; the address is free again', async () => {
  const person = await customer();
  await auth.client.Login(person);
  await erase(person.userId);
  await assert.rejects(auth.client.Login(person), { code: 'unauthenticated' });
  await assert.rejects(auth.client.Refresh(person), { code: 'unauthenticated' });
  await auth.client.Register({ ...person, userId: v7(), handle: 'somebody_new' });
});

test('a display name that users keeps is not announced', async () => {
  const { person } = await registered(auth.client);
  const kept = { ...person, userId: v7(), email: `kept.${person.email}`, displayNameKept: true };
  await auth.client.Register({ ...kept, displayName: 'Not To Be Announced' });
  const [row] = await auth.database.query<{ payload: Buffer }>(
    'SELECT payload FROM outbox WHERE key = $1',
    [kept.userId],
  );
  assert.ok(!row!.payload.toString('latin1').includes('Announced'));
});
