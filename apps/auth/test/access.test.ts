import assert from 'node:assert/strict';
import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';
import { walkMethods } from '@quayside/testing';
import { createSeal } from '../src/domain/seal';
import { findSigningKeys, openedPrivate } from '../src/store/signing-keys';
import { authClient, SIGNING_KEYS_SECRET, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const guarded = [
  'Register',
  'Login',
  'Refresh',
  'Logout',
  'RequestPasswordReset',
  'ConfirmPasswordReset',
  'ExchangeApiKey',
] as const;
const ofUsers = [
  'CheckRecentSignIn',
  'FindIdentity',
  'ListSessionsOf',
  'EndSessionsOf',
  'ChangePassword',
  'ListSessions',
  'EndSession',
  'CreateApiKey',
  'ListApiKeys',
  'RevokeApiKey',
  'GetSecondFactor',
  'EnrolSecondFactor',
  'ConfirmSecondFactor',
  'DisableSecondFactor',
  'StepUp',
] as const;

test('without a service token nothing but the public keys is served', async () => {
  const stranger = createRpcClient({
    name: 'auth',
    definition: services.auth,
    address: `127.0.0.1:${String(auth.grpcPort)}`,
  });
  try {
    for (const method of [...guarded, ...ofUsers]) {
      await assert.rejects(stranger[method]({}), { code: 'unauthenticated' }, method);
    }
    assert.match((await stranger.GetJwks({})).jwksJson, /"keys"/);
  } finally {
    stranger.close();
  }
});

test('another service than the gateway is refused', async () => {
  const payments = authClient(auth.grpcPort, auth.tokens, 'payments');
  try {
    for (const method of guarded) {
      await assert.rejects(payments[method]({}), { code: 'forbidden' }, method);
    }
  } finally {
    payments.close();
  }
});

/** Tokens signed by the key that auth itself signs with: it believes no other. */
async function ownTokens() {
  const keys = await findSigningKeys(auth.database);
  const key = keys.find(({ status }) => status === 'active');
  assert.ok(key);
  const jwk = openedPrivate(createSeal(SIGNING_KEYS_SECRET), key);
  const privateKey = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
  return auth.tokens.signedBy({ kid: key.kid, privateKey });
}

test('no method takes a caller who is not proven, or is proven to be somebody else', async () => {
  const tokens = await ownTokens();
  // So signed, a token with nothing wrong is good.
  await auth.user.ListSessions(await tokens.userToken());
  const notRefused = await walkMethods({
    definition: services.auth,
    service: 'auth',
    address: `127.0.0.1:${String(auth.grpcPort)}`,
    tokens,
    except: ['GetJwks'],
  });
  assert.deepEqual(notRefused, []);
});
