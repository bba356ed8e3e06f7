import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { connect } from 'node:tls';
import { openCertificates } from '../../src/index';
import { startProxy, until } from '../fixture';
import { createAuthority, createMount } from './authority';
import { certificateOf, startSecured, startSecuredClient } from './fixture';

/** The authority of the certificate that a server shows to a new connection. */
async function authorityShown(port: number, ca: string): Promise<string> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca,
    ALPNProtocols: ['h2'],
    rejectUnauthorized: false,
  });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  const { issuer } = socket.getPeerCertificate();
  socket.destroy();
  return String(issuer.CN);
}

describe('certificates that are replaced', () => {
  test('by those of a new authority, under load, cost no call', async (t) => {
    const old = createAuthority('old');
    const next = createAuthority('next');
    // Old connections end quickly, so that every step is met by new ones. Not too quickly: grpc-js sends a call that
    // met the end of its connection again once, not twice.
    const server = await startSecured(t, old, { maxConnectionAgeMs: 200 });
    const { address, counted: connections } = await startProxy(t, server.port);
    const caller = startSecuredClient(t, old, address);
    const failures: unknown[] = [];
    let calls = 0;
    let stopped = false;
    const load = Array.from({ length: 6 }, async () => {
      while (!stopped) {
        await caller.client.Refresh({}).catch((error: unknown) => failures.push(error));
        calls += 1;
      }
    });
    const enough = async () => {
      const [goal, before] = [calls + 100, connections.made];
      await until(() => calls > goal && connections.made > before + 1);
    };
    const both = old.certificate + next.certificate;
    const steps = [
      () => server.mount.replace(old.issue(certificateOf('auth')), old.certificate),
      () => server.mount.replace(old.issue(certificateOf('auth')), both),
      () => caller.mount.replace(old.issue(certificateOf('gateway')), both),
      () => server.mount.replace(next.issue(certificateOf('auth')), both),
      () => caller.mount.replace(next.issue(certificateOf('gateway')), both),
      () => server.mount.replace(next.issue(certificateOf('auth')), next.certificate),
      () => caller.mount.replace(next.issue(certificateOf('gateway')), next.certificate),
    ];
    await enough();
    assert.equal(await authorityShown(server.port, both), 'old');
    for (const step of steps) {
      step();
      server.certificates.refresh();
      caller.certificates.refresh();
      await enough();
    }
    stopped = true;
    await Promise.all(load);
    assert.deepEqual(failures, []);
    assert.equal(await authorityShown(server.port, both), 'next');
    const late = startSecuredClient(t, old, server.address);
    await assert.rejects(late.client.Login({}), { code: 'unavailable' });
  });

  test('are found without being told', async (t) => {
    const [old, next] = [createAuthority('old'), createAuthority('next')];
    const mount = createMount(old.issue(certificateOf('auth')), old.certificate);
    t.after(mount.remove);
    const certificates = openCertificates({ ...mount, refreshMs: 20 });
    t.after(certificates.close);
    const { port } = await startSecured(t, old, { certificates });
    assert.equal(await authorityShown(port, old.certificate), 'old');
    mount.replace(next.issue(certificateOf('auth')), next.certificate);
    await until(async () => (await authorityShown(port, next.certificate)) === 'next');
  });

  test('one by one serve as before until they fit', async (t) => {
    const authority = createAuthority();
    const server = await startSecured(t, authority, { maxConnectionAgeMs: 40 });
    const { client } = startSecuredClient(t, authority, server.address);
    const other = authority.issue(certificateOf('auth'));
    for (const key of [other.key, 'no key at all']) {
      writeFileSync(server.mount.keyFile, key);
      server.certificates.refresh();
      assert.equal(await authorityShown(server.port, authority.certificate), 'test authority');
      await client.Refresh({});
    }
  });
});

test('certificates that cannot be used are refused with a sentence', (t) => {
  const authority = createAuthority();
  const refused = (subject: object, change: (mount: ReturnType<typeof createMount>) => void) => {
    const mount = createMount(authority.issue(subject), authority.certificate);
    t.after(mount.remove);
    change(mount);
    return () => openCertificates(mount);
  };
  const auth = certificateOf('auth');
  const noKey = refused(auth, ({ keyFile }) => writeFileSync(keyFile, ''));
  assert.throws(noKey, /tls\.key holds no private key/);
  const wrongKey = refused(auth, ({ keyFile }) => writeFileSync(keyFile, authority.issue({}).key));
  assert.throws(wrongKey, /tls\.key is not the key of .*tls\.crt/);
  const noCa = refused(auth, (mount) => mount.remove());
  assert.throws(noCa, /The certificate cannot be read from .*tls\.crt \(ENOENT\)/);
  const nobody = refused({ hosts: ['auth.quayside.svc'] }, () => undefined);
  assert.throws(nobody, /names no service\. It needs a URI spiffe/);
  const uris = ['spiffe://a/ns/b/sa/auth', 'spiffe://a/ns/b/sa/gateway'];
  assert.throws(
    refused({ uris }, () => undefined),
    /names no service/,
  );
});
