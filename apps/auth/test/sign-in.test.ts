import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTokenVerifier } from '@quayside/identity';
import { hash } from '@node-rs/argon2';
import { jwtVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose';
import { v7 } from 'uuid';
import { isOutdated } from '../src/domain/password-hasher';
import { newcomer, PASSWORD, registered, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const jwks = async (): Promise<JSONWebKeySet> =>
  JSON.parse((await auth.client.GetJwks({})).jwksJson) as JSONWebKeySet;

test('registering gives tokens that the published keys verify', async () => {
  const { person, tokens } = await registered(auth.client);
  assert.equal(tokens.expiresInSeconds, 600);
  const { payload } = await jwtVerify(tokens.accessToken, createLocalJWKSet(await jwks()), {
    issuer: 'quayside',
    audience: 'quayside',
    typ: 'at+jwt',
  });
  assert.equal(payload.sub, person.userId);
  assert.equal(payload.exp! - payload.iat!, 600);
  const [session] = await auth.database.query<{ session_id: string }>(
    'SELECT session_id FROM sessions WHERE user_id = $1',
    [person.userId],
  );
  assert.equal(payload.sid, session!.session_id);

  const verifier = createTokenVerifier({
    fetchJwks: jwks,
    issuer: 'quayside',
    audience: 'quayside',
  });
  const caller = await verifier.verify(tokens.accessToken);
  assert.deepEqual(caller.scopes, [
    'identity:read',
    'identity:write',
    'profile:read',
    'profile:write',
    'accounts:read',
    'payments:write',
    'activity:read',
  ]);
});

test('the identity, its session and its event are written together, the event without e-mail', async () => {
  const { person } = await registered(auth.client);
  const [row] = await auth.database.query<{ topic: string; type: string; payload: Buffer }>(
    'SELECT topic, type, payload FROM outbox WHERE key = $1',
    [person.userId],
  );
  assert.equal(row!.topic, 'auth.identity.v1');
  assert.equal(row!.type, 'quayside.auth.v1.IdentityRegistered');
  assert.ok(row!.payload.includes(person.handle));
  assert.ok(!row!.payload.toString('latin1').toLowerCase().includes('example.com'));
});

test('an e-mail address is taken in any case, by the same user id too, and leaves nothing behind', async () => {
  const { person } = await registered(auth.client);
  const again = { ...newcomer(), email: person.email.toUpperCase() };
  await assert.rejects(auth.client.Register(again), { code: 'email_taken' });
  await assert.rejects(auth.client.Register(person), { code: 'email_taken' });
  const other = { ...newcomer(), userId: person.userId };
  await assert.rejects(auth.client.Register(other), { code: 'invalid_request' });
  const events = await auth.database.query('SELECT FROM outbox WHERE key = ANY($1)', [
    [again.userId, person.userId],
  ]);
  assert.equal(events.length, 1);
});

test('two registrations of one address at once: one wins, the other is told', async () => {
  const [first, second] = [newcomer(), newcomer()];
  const results = await Promise.allSettled([
    auth.client.Register(first),
    auth.client.Register({ ...second, email: first.email }),
  ]);
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 1);
  assert.equal((refused[0]!.reason as { code: string }).code, 'email_taken');
});

test('a bad sign-up is refused with its fields', async () => {
  for (const [field, value] of [
    ['password', 'eleven char'],
    ['email', 'nobody'],
    ['handle', 'Not A Handle'],
    ['displayName', ' '],
    ['userId', '42'],
  ] as const) {
    await assert.rejects(
      auth.client.Register({ ...newcomer(), [field]: value }),
      { code: 'invalid_request' },
      field,
    );
  }
});

test('login works with the address in any case and gives a session of its own', async () => {
  const { person } = await registered(auth.client);
  const answer = await auth.client.Login({
    email: ` ${person.email.toUpperCase()} `,
    password: PASSWORD,
  });
  assert.equal(answer.userId, person.userId);
  const sessions = await auth.database.query('SELECT FROM sessions WHERE user_id = $1', [
    person.userId,
  ]);
  assert.equal(sessions.length, 2);
});

test('login refuses an unknown address and a wrong password alike, for like work', async () => {
  const { person } = await registered(auth.client);
  const attempt = async (email: string) => {
    const before = process.cpuUsage();
    const login = auth.client.Login({ email, password: 'wrong horse battery' });
    const [result] = await Promise.allSettled([login]);
    // Processor time, the service's threads included: how busy the machine is does not count.
    const { user, system } = process.cpuUsage(before);
    assert.ok(result.status === 'rejected');
    const { code, message } = result.reason as { code: string; message: string };
    return { work: user + system, code, message };
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 5; round++) {
    const wrong = await attempt(person.email);
    const nobody = await attempt(`nobody-${v7()}@example.com`);
    assert.equal(wrong.code, 'unauthenticated');
    assert.deepEqual([nobody.code, nobody.message], [wrong.code, wrong.message]);
    known.push(wrong.work);
    unknown.push(nobody.work);
  }
  // The least of several is the work itself. Without the stand-in hash it would be a small fraction.
  const ratio = Math.min(...unknown) / Math.min(...known);
  assert.ok(ratio > 0.4 && ratio < 2.5, `unknown/known = ${ratio}`);
});

test('what is stored reveals neither password nor token', async () => {
  const { person, tokens } = await registered(auth.client);
  const [dump] = await auth.database.query<{ everything: string }>(
    `SELECT (SELECT string_agg(i::text, ' ') FROM identities i)
         || (SELECT string_agg(t::text, ' ') FROM refresh_tokens t)
         || (SELECT string_agg(s::text, ' ') FROM sessions s) AS everything`,
  );
  assert.ok(dump!.everything.includes(person.userId));
  for (const secret of [PASSWORD, tokens.refreshToken, tokens.accessToken]) {
    const hex = Buffer.from(secret).toString('hex');
    assert.ok(!dump!.everything.includes(secret) && !dump!.everything.includes(hex));
  }
});

test('a token says when the password was given; a refresh does not make that later', async () => {
  const { person, tokens } = await registered(auth.client);
  await auth.database.query(
    `UPDATE sessions SET created_at = now() - interval '1 hour' WHERE user_id = $1`,
    [person.userId],
  );
  const refreshed = await auth.client.Refresh({ refreshToken: tokens.refreshToken });
  const [first, later] = [tokens, refreshed.tokens!].map(({ accessToken }) =>
    decodeJwt<{ acr: string; auth_time: number }>(accessToken),
  );
  assert.deepEqual([first!.acr, later!.acr], ['aal1', 'aal1']);
  assert.ok(Math.abs(first!.auth_time - first!.iat!) <= 1);
  assert.ok(Math.abs(later!.iat! - later!.auth_time - 3600) <= 1);
});

test('a hash of older parameters is made anew at sign-in, and only by the right password', async () => {
  const { person } = await registered(auth.client);
  const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await auth.database.query('UPDATE identities SET password_hash = $2 WHERE user_id = $1', [
    person.userId,
    old,
  ]);
  const stored = async () => {
    const [row] = await auth.database.query<{ password_hash: string }>(
      'SELECT password_hash FROM identities WHERE user_id = $1',
      [person.userId],
    );
    return row!.password_hash;
  };
  const signIn = (password: string) => auth.client.Login({ email: person.email, password });
  await assert.rejects(signIn('wrong horse battery'), { code: 'unauthenticated' });
  assert.equal(await stored(), old);
  await signIn(PASSWORD);
  assert.equal(isOutdated(await stored()), false);
  await signIn(PASSWORD);
});
