import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';
import { refusedCredentials, walkMethods } from '@quayside/testing';
import type { JSONWebKeySet } from 'jose';
import { authClient, startAuth, type AuthFixture } from './auth-fixture';

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

test('no method takes a caller who is not proven, or is proven to be somebody else', async () => {
  const { jwksJson } = await auth.client.GetJwks({});
  const notRefused = await walkMethods({
    definition: services.auth,
    address: `127.0.0.1:${String(auth.grpcPort)}`,
    credentials: await refusedCredentials(auth.tokens, JSON.parse(jwksJson) as JSONWebKeySet),
    except: ['GetJwks'],
  });
  assert.deepEqual(notRefused, []);
});
