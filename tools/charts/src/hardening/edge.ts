import { attachments, type Listener, type RouteSpec } from '../gateway';
import { LIVE } from '../installation';
import { nameOf, type Manifest } from '../manifest';
import { specOf } from '../workload';
import type { Rule } from './rule';

const isEncrypted = ({ protocol, tls }: Listener) =>
  ['HTTPS', 'TLS'].includes(protocol) && (tls?.certificateRefs ?? []).length > 0;

/** Whether every rule of the route only sends callers to https. */
const onlyRedirects = (route: Manifest) =>
  (specOf<RouteSpec>(route).rules ?? []).every(
    ({ filters = [], backendRefs = [] }) =>
      backendRefs.length === 0 &&
      filters.some(({ requestRedirect }) => requestRedirect?.scheme === 'https'),
  );

/** How callers from outside come in. */
export const edge: Rule[] = [
  {
    id: 'edge-tls',
    title:
      'where it matters, nothing from outside is answered without TLS, but by a redirect to it',
    alsoIn: 'PO tlsSettingsMissing, KU C-0292',
    environments: LIVE,
    check: (installation) =>
      attachments(installation)
        .filter(({ route, listener }) => !isEncrypted(listener) && !onlyRedirects(route))
        .map(({ route, listener }) => ({
          object: nameOf(route),
          message: `answers at the listener ${listener.name}, which has no TLS`,
        })),
  },
];
