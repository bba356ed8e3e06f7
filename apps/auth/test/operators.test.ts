// What operators may look up and end, what a recent sign-in is, and what is left of an identity that is deleted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTokenVerifier, type UserCaller } from '@quayside/identity';
import type { JSONWebKeySet } from 'jose';
import { v7 } from 'uuid';
import { grantRoleCommand } from '../src/commands/grant-role';
import { onUserErased } from '../src/events/user-erased';
import { registered, startAuth, type AuthFixture } from './auth-fixture';

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
  assert.deepEqual(await auth.client.as(operator).EndSessionsOf({ userId }), { ended: 1 });
  assert.deepEqual(await auth.client.as(operator).EndSessionsOf({ userId }), { ended: 0 });
  const reasons = (await list()).sessions.map(({ endReason }) => endReason);
  assert.deepEqual(reasons, ['ended_by_operator', 'logout']);
  assert.equal((await sessionEvents(userId)).length, 2);
  await assert.rejects(auth.client.Refresh(person), { code: 'unauthenticated' });
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

test('an erased identity is gone with its sessions, which end first; the address is free again', async () => {
  const person = await customer();
  await auth.client.Login(person);
  await erase(person.userId);
  await erase(person.userId);
  assert.equal((await sessionEvents(person.userId)).length, 2);
  await assert.rejects(auth.client.Login(person), { code: 'unauthenticated' });
  await assert.rejects(auth.client.Refresh(person), { code: 'unauthenticated' });
  for (const table of ['identities', 'sessions']) {
    const left = await auth.database.query(`SELECT FROM ${table} WHERE user_id = $1`, [
      person.userId,
    ]);
    assert.equal(left.length, 0, table);
  }
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
