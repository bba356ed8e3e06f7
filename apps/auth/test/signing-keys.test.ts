import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startService } from '@quayside/chassis';
import { openDatabase, type Database } from '@quayside/database';
import { testDatabase, testTokens, type TestDatabase } from '@quayside/testing';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { newKeyPair } from '../src/domain/signing-keys';
import { service } from '../src/service';
import { openKeyRing } from '../src/store/key-ring';
import { authClient, authEnv, migrations, registered } from './auth-fixture';

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
  const before = await (await openKeyRing(database, 0)).jwks();
  assert.equal(before.keys.length, 1);
});

test('a ring follows a rotation made elsewhere; the old key stays published', async () => {
  const ring = await openKeyRing(database, 0);
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
  const ring = await openKeyRing(brief, 0);
  const { kid } = await ring.signingKey();
  await brief.close();
  assert.equal((await ring.signingKey()).kid, kid);
});
