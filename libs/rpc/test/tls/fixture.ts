import type { TestContext } from 'node:test';
import { access, type Caller } from '@quayside/identity';
import { openCertificates } from '../../src/index';
import { startClient, startServer, type StartOptions } from '../fixture';
import { createMount, type Authority, type Subject } from './authority';

/** The certificate that a service has in a cluster. */
export const certificateOf = (service: string, namespace = 'quayside'): Subject => ({
  hosts: [`${service}-headless.${namespace}.svc`, `${service}.${namespace}.svc`],
  uris: [`spiffe://cluster.local/ns/${namespace}/sa/${service}`],
});

/** A mounted certificate and what the product makes of it; both end with the test. */
export function open(t: TestContext, authority: Authority, subject: Subject) {
  const mount = createMount(authority.issue(subject), authority.certificate);
  t.after(mount.remove);
  const certificates = openCertificates(mount);
  t.after(certificates.close);
  return { mount, certificates };
}

/** Auth with a certificate; Refresh is for the gateway alone. It remembers who called it. */
export async function startSecured(
  t: TestContext,
  authority: Authority,
  options: StartOptions = {},
  subject = certificateOf('auth'),
) {
  const { mount, certificates } = open(t, authority, subject);
  const callers: Caller[] = [];
  const server = await startServer(t, {
    rules: { Refresh: access.service('gateway') },
    handlers: {
      Refresh: (_request, { caller }) => {
        callers.push(caller);
        return Promise.resolve({});
      },
    },
    certificates,
    ...options,
  });
  return { ...server, callers, mount, certificates };
}

/** A client of auth with a certificate. */
export function startSecuredClient(
  t: TestContext,
  authority: Authority,
  address: string,
  subject = certificateOf('gateway'),
) {
  const { mount, certificates } = open(t, authority, subject);
  return { mount, certificates, client: startClient(t, address, { certificates }) };
}
