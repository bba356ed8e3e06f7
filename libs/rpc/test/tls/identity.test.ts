import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeIdentity, startClient } from '../fixture';
import { createAuthority } from './authority';
import { certificateOf, startSecured, startSecuredClient } from './fixture';

const authority = createAuthority();

describe('mutual TLS', () => {
  test('a service proves itself by its certificate', async (t) => {
    const { address, callers } = await startSecured(t, authority);
    await startSecuredClient(t, authority, address).client.Refresh({});
    const named = { commonName: 'gateway' };
    const plain = await startSecured(t, authority, {}, { commonName: 'auth' });
    await startSecuredClient(t, authority, plain.address, named).client.Refresh({});
    const gateway = { kind: 'service', service: 'gateway' };
    assert.deepEqual([...callers, ...plain.callers], [gateway, gateway]);
  });

  test('what another service, another namespace or nobody may not call stays closed', async (t) => {
    const { address, callers } = await startSecured(t, authority);
    const as = (subject: ReturnType<typeof certificateOf>) =>
      startSecuredClient(t, authority, address, subject).client.Refresh({});
    await assert.rejects(as(certificateOf('users')), { code: 'forbidden' });
    const elsewhere = as(certificateOf('gateway', 'elsewhere'));
    // Its own trust is in the same authority; the other end is no service of its namespace either.
    await assert.rejects(elsewhere, { code: 'unavailable' });
    assert.deepEqual(callers, []);
  });

  test('a caller of another namespace is no service here, whatever its name', async (t) => {
    const { address, callers } = await startSecured(
      t,
      authority,
      {},
      {
        ...certificateOf('auth'),
        hosts: ['127.0.0.1'],
      },
    );
    const stranger = { ...certificateOf('gateway', 'elsewhere') };
    const { client } = startSecuredClient(t, authority, address, stranger);
    await client.Login({});
    await assert.rejects(client.Refresh({}), { code: 'unauthenticated' });
    assert.deepEqual(callers, []);
  });

  test('a service token is no way around the certificate', async (t) => {
    const identity = makeIdentity();
    const { address } = await startSecured(t, authority, {
      serviceTokens: identity.serviceTokens('auth'),
    });
    const { certificates } = startSecuredClient(t, authority, address, certificateOf('users'));
    const serviceTokens = identity.serviceTokens('gateway');
    const client = startClient(t, address, { certificates, serviceTokens });
    await assert.rejects(client.Refresh({}), { code: 'forbidden' });
  });

  test('without a certificate of the authority nobody is heard', async (t) => {
    const { address } = await startSecured(t, authority);
    await assert.rejects(startClient(t, address).Login({}), { code: 'unavailable' });
    const stranger = startSecuredClient(t, createAuthority(), address).client;
    await assert.rejects(stranger.Login({}), { code: 'unavailable' });
  });

  test('a server that is another service is not talked to', async (t) => {
    const { address } = await startSecured(t, authority, {}, certificateOf('users'));
    const { client } = startSecuredClient(t, authority, address);
    await assert.rejects(client.Login({}), { code: 'unavailable' });
  });
});
