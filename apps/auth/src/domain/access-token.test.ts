import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { signAccessToken } from './access-token';
import { newKeyPair, publishedJwk, signingKey } from './signing-keys';

const terms = { issuer: 'quayside', audience: 'quayside', lifetimeSeconds: 600 };
const subject = {
  userId: 'user-1',
  sessionId: 'session-1',
  scopes: ['profile:read', 'x:y'],
  secondFactor: false,
  authentication: { assurance: 'aal1', at: new Date(1_700_000_000_900) },
} as const;

test('the token says what RFC 9068 asks for, and verifies', async () => {
  const pair = await newKeyPair();
  const key = await signingKey(pair.kid, pair.privateJwk);
  const now = new Date();
  const token = await signAccessToken(key, terms, subject, now);
  assert.deepEqual(decodeProtectedHeader(token), { alg: 'EdDSA', kid: pair.kid, typ: 'at+jwt' });

  const published = createLocalJWKSet({ keys: [publishedJwk(pair.kid, pair.publicJwk)] });
  const { payload } = await jwtVerify(token, published, { issuer: 'quayside', typ: 'at+jwt' });
  const { jti, ...claims } = payload;
  const issuedAt = Math.floor(now.getTime() / 1000);
  assert.deepEqual(claims, {
    iss: 'quayside',
    aud: 'quayside',
    sub: 'user-1',
    sid: 'session-1',
    scope: 'profile:read x:y',
    client_id: 'quayside',
    second_factor: false,
    acr: 'aal1',
    auth_time: 1_700_000_000,
    iat: issuedAt,
    exp: issuedAt + 600,
  });
  const again = await signAccessToken(key, terms, subject, now);
  assert.notEqual((await jwtVerify(again, published)).payload.jti, jti);
});

test('what is published has no private part', async () => {
  const { kid, publicJwk } = await newKeyPair();
  const published = publishedJwk(kid, publicJwk);
  assert.deepEqual(Object.keys(published).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});
