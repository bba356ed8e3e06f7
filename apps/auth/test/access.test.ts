import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';
import { authClient, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const guarded = ['Register', 'Login', 'Refresh', 'Logout'] as const;
const ofUsers = ['CheckRecentSignIn', 'FindIdentity', 'ListSessionsOf', 'EndSessionsOf'] as const;

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
