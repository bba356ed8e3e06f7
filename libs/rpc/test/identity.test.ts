import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { access, type Caller } from '@quayside/identity';
import type { CallContext } from '../src/index';
import { makeIdentity, startClient, startServer } from './fixture';

const identity = makeIdentity();

/** A server that remembers who called, with keys of its own. */
async function startGuarded(t: Parameters<typeof startServer>[0]) {
  const callers: Caller[] = [];
  const remember = (_request: unknown, { caller }: CallContext) => {
    callers.push(caller);
    return Promise.resolve({});
  };
  const { address } = await startServer(t, {
    rules: {
      Login: access.user('profile:read'),
      Refresh: access.service('gateway', 'users'),
    },
    handlers: {
      Login: remember,
      Refresh: remember,
      Logout: remember,
      Register: (_request, context) =>
        Promise.resolve({ tokens: { accessToken: context.userId() } }),
    },
    verifier: identity.makeVerifier(),
    serviceTokens: identity.serviceTokens('auth'),
  });
  return { address, callers };
}

describe('identity', () => {
  test('a user’s token is forwarded, and verified again by the service', async (t) => {
    const { address, callers } = await startGuarded(t);
    const client = startClient(t, address, { serviceTokens: identity.serviceTokens('gateway') });
    const ada = await identity.user('ada', 'profile:read profile:write');
    await client.Login({}, { caller: ada });
    assert.deepEqual(callers, [ada]);

    // Whatever the caller claims to have found, only the token counts.
    const forged = { ...ada, userId: 'eve', token: `${ada.token}x` };
    await assert.rejects(client.Login({}, { caller: forged }), { code: 'unauthenticated' });
    const stranger = await makeIdentity().user('eve', 'profile:read');
    await assert.rejects(client.Login({}, { caller: stranger }), { code: 'unauthenticated' });
    const eve = await identity.user('eve', 'accounts:read');
    const claiming = { ...eve, scopes: ['profile:read'] };
    await assert.rejects(client.Login({}, { caller: claiming }), { code: 'forbidden' });
    assert.equal(callers.length, 1, 'no handler ran for any of them');
  });

  test('a service proves itself, for the service that it calls', async (t) => {
    const { address, callers } = await startGuarded(t);
    const as = (service: string, name = 'auth') =>
      startClient(t, address, { name, serviceTokens: identity.serviceTokens(service) });
    await as('gateway').Refresh({});
    assert.deepEqual(callers, [{ kind: 'service', service: 'gateway' }]);
    await assert.rejects(as('payments').Refresh({}), { code: 'forbidden' });
    await assert.rejects(as('gateway', 'users').Refresh({}), { code: 'unauthenticated' });
    await assert.rejects(startClient(t, address).Refresh({}), { code: 'unauthenticated' });
    await assert.rejects(as('gateway').Refresh({}, { asService: false }), {
      code: 'unauthenticated',
    });
    assert.equal(callers.length, 1);
  });

  test('a call for a user proves the user alone, unless asked for both', async (t) => {
    const { address, callers } = await startGuarded(t);
    const client = startClient(t, address, { serviceTokens: identity.serviceTokens('gateway') });
    const caller = await identity.user('ada', 'profile:read');
    await assert.rejects(client.Refresh({}, { caller }), { code: 'unauthenticated' });
    await client.Refresh({}, { caller, asService: true });
    await client.Login({}, { caller, asService: true });
    await assert.rejects(client.Login({}), { code: 'unauthenticated' });
    assert.deepEqual(
      callers.map(({ kind }) => kind),
      ['service', 'user'],
    );
  });

  test('nobody is a user by accident', async (t) => {
    const { address, callers } = await startGuarded(t);
    const client = startClient(t, address, { serviceTokens: identity.serviceTokens('gateway') });
    const caller = await identity.user('ada', 'profile:read');
    await client.Logout({}, { caller });
    assert.deepEqual(callers, [{ kind: 'public' }], 'a public method looks at no credentials');
    await assert.rejects(client.Register({}, { caller }), { code: 'forbidden' });
  });
});
