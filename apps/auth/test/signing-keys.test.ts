import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startService } from '@quayside/chassis';
import { openDatabase, type Database } from '@quayside/database';
import { testDatabase, testTokens, type TestDatabase } from '@quayside/testing';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { newKeyPair, signingKey } from '../src/domain/signing-keys';
import { service } from '../src/service';
import { createSeal } from '../src/domain/seal';
import { openKeyRing } from '../src/store/key-ring';
import { rotateKeys } from '../src/store/rotate-keys';
import { findSigningKeys, openedPrivate, sealKeys } from '../src/store/signing-keys';
import { authClient, authEnv, migrations, registered, SIGNING_KEYS_SECRET } from './auth-fixture';

const seal = createSeal(SIGNING_KEYS_SECRET);

let stored: TestDatabase;
let database: Database;
before(async () => {
  stored = await testDatabase('auth', migrations);
  database = openDatabase({ url: stored.url, applicationName: 'test' });
});
after(async () => {
  await database.close();
  await stored.drop();
});

test('replicas that start at once agree on one key and verify each other, restarts keep it', async () => {
  const tokens = testTokens();
  const env = authEnv(stored.url, tokens);
  const replicas = await Promise.all([startService(service, env), startService(service, env)]);
  const clients = replicas.map(({ ports }) => authClient(ports.grpc, tokens));
  try {
    const sets = await Promise.all(clients.map((client) => client.GetJwks({})));
    assert.equal(sets[0]!.jwksJson, sets[1]!.jwksJson);
    const jwks = JSON.parse(sets[1]!.jwksJson) as JSONWebKeySet;
    assert.equal(jwks.keys.length, 1);
    assert.ok(!('d' in jwks.keys[0]!));
    const signedByTheOther = await registered(clients[0]!);
    await jwtVerify(signedByTheOther.tokens.accessToken, createLocalJWKSet(jwks));
  } finally {
    clients.forEach((client) => client.close());
    await Promise.all(replicas.map((replica) => replica.stop()));
  }
  const before = await (await openKeyRing(database, seal, 0)).jwks();
  assert.equal(before.keys.length, 1);
});

test('a ring follows a rotation made elsewhere; the old key stays published', async () => {
  const ring = await openKeyRing(database, seal, 0);
  const old = await ring.signingKey();
  const next = await newKeyPair();
  await database.transaction(async (tx) => {
    await tx.query(`UPDATE signing_keys SET status = 'retired', retired_at = now()`);
    await tx.query(
      `INSERT INTO signing_keys (kid, public_jwk, private_jwk, status, activated_at)
       VALUES ($1, $2, $3, 'active', now())`,
      [next.kid, next.publicJwk, next.privateJwk],
    );
  });
  assert.equal((await ring.signingKey()).kid, next.kid);
  const published = (await ring.jwks()).keys.map(({ kid }) => kid);
  assert.deepEqual(published.sort(), [old.kid, next.kid].sort());
});

test('two active keys cannot exist', async () => {
  const { kid, publicJwk, privateJwk } = await newKeyPair();
  await assert.rejects(
    database.query(
      `INSERT INTO signing_keys (kid, public_jwk, private_jwk, status) VALUES ($1, $2, $3, 'active')`,
      [kid, publicJwk, privateJwk],
    ),
    { code: '23505' },
  );
});

test('a ring whose database does not answer serves the keys it knows', async () => {
  const brief = openDatabase({ url: stored.url, applicationName: 'test' });
  const ring = await openKeyRing(brief, seal, 0);
  const { kid } = await ring.signingKey();
  await brief.close();
  assert.equal((await ring.signingKey()).kid, kid);
});

/** What the database holds of private keys, as text. */
async function privateParts(): Promise<string[]> {
  const rows = await database.query<{ all: string }>(
    'SELECT s::text AS all FROM signing_keys s ORDER BY created_at, kid',
  );
  return rows.map(({ all }) => all);
}

/** As the release before this one wrote the first key. */
async function keyInClear() {
  await database.query('DELETE FROM signing_keys');
  const pair = await newKeyPair();
  await database.query(
    `INSERT INTO signing_keys (kid, public_jwk, private_jwk, status, activated_at)
     VALUES ($1, $2, $3, 'active', now())
     ON CONFLICT DO NOTHING`,
    [pair.kid, pair.publicJwk, pair.privateJwk],
  );
  return pair;
}

test('new keys are stored sealed, by first start and rotation alike', async () => {
  await database.query('DELETE FROM signing_keys');
  await openKeyRing(database, seal, 0);
  await rotateKeys(database, seal, { publishSeconds: 300, retireSeconds: 900 }, 0);
  const stored = await findSigningKeys(database);
  assert.equal(stored.length, 2);
  const dump = (await privateParts()).join();
  for (const key of stored) {
    const { d } = openedPrivate(seal, key);
    const hex = Buffer.from(d!, 'base64url').toString('hex');
    assert.ok(!dump.includes(d!) && !dump.includes(hex));
  }
});

test('a key in clear is sealed at the start, goes on signing, and its release goes on with what it has read', async () => {
  const pair = await keyInClear();
  const older = await signingKey(pair.kid, pair.privateJwk);
  const tokens = testTokens();
  const running = await startService(service, authEnv(stored.url, tokens));
  const client = authClient(running.ports.grpc, tokens);
  try {
    assert.ok(!(await privateParts()).join().includes(pair.privateJwk.d!));
    const { tokens: held } = await registered(client);
    const jwks = JSON.parse((await client.GetJwks({})).jwksJson) as JSONWebKeySet;
    assert.deepEqual(
      jwks.keys.map(({ kid }) => kid),
      [older.kid],
    );
    await jwtVerify(held.accessToken, createLocalJWKSet(jwks));
  } finally {
    client.close();
    await running.stop();
  }
  // The queries of the release before: it reads every key and rotates with one in clear.
  const rows = await database.query<{ private_jwk: unknown }>(
    'SELECT kid, public_jwk, private_jwk, status FROM signing_keys ORDER BY created_at, kid',
  );
  assert.deepEqual(
    rows.map(({ private_jwk }) => private_jwk),
    [null],
  );
  const next = await newKeyPair();
  await database.query(
    `INSERT INTO signing_keys (kid, public_jwk, private_jwk, status)
     SELECT $1, $2, $3, 'next' FROM signing_keys WHERE status = 'active'`,
    [next.kid, next.publicJwk, next.privateJwk],
  );
  assert.equal((await openKeyRing(database, seal, 0).then((ring) => ring.jwks())).keys.length, 2);
  assert.equal(await sealKeys(database, seal), 1);
});

test('the secret is changed in three steps, at each of which every replica signs', async () => {
  const [from, to] = ['f'.repeat(32), 't'.repeat(32)];
  const seals = [createSeal(from), createSeal(from, to), createSeal(to, from), createSeal(to)];
  const [before, first, second, after] = seals as [
    typeof seal,
    typeof seal,
    typeof seal,
    typeof seal,
  ];
  await keyInClear();
  assert.equal(await sealKeys(database, before), 1);
  assert.equal(await sealKeys(database, first), 0);
  assert.equal(await sealKeys(database, second), 1);
  for (const one of [first, second, after]) await openKeyRing(database, one, 0);
  assert.equal(await sealKeys(database, after), 0);
  await assert.rejects(openKeyRing(database, before, 0), /SIGNING_KEYS_SECRET/);
  await assert.rejects(sealKeys(database, before), /SIGNING_KEYS_PREVIOUS_SECRET/);
});

test('a key is not stored without a private part, nor with two', async () => {
  for (const both of ['NULL, NULL', `'{"d":"x"}', 'x'`]) {
    await assert.rejects(
      database.query(
        `INSERT INTO signing_keys (kid, public_jwk, private_jwk, private_sealed, status)
         VALUES ('x', '{}', ${both}, 'retired')`,
      ),
      { code: '23514' },
    );
  }
});
