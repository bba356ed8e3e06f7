import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1/AuthorizationPolicy';
import type { IPeerAuthentication } from '@kubernetes-models/istio/security.istio.io/v1beta1/PeerAuthentication';
import type { IDestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1beta1/DestinationRule';
import type { IVirtualService } from '@kubernetes-models/istio/networking.istio.io/v1beta1/VirtualService';
import { helmMissing } from '../../src/helm';
import { servicesIn } from '../../src/matrix';
import { deployment, find, namesOf, settingsOf, track } from '../service/service-chart';
import { callersOf, canaryOf, furtherCaller, graph, meshed } from './mesh';
import { refuses, withOverlays } from './overlay';

/** Whom the policy lets in: `port from principal`, `*` for anybody. */
async function letIn(service: string, values = {}): Promise<string[]> {
  const { rules = [], action } = find(
    await meshed('istio', service, values),
    'AuthorizationPolicy',
    service,
  ).spec as NonNullable<IAuthorizationPolicy['spec']>;
  assert.equal(action, 'ALLOW');
  return rules
    .flatMap(({ to, from }) =>
      to!.flatMap(({ operation }) =>
        operation!.ports!.flatMap((port) =>
          (from ?? [{ source: { principals: ['*'] } }]).flatMap(({ source }) =>
            source!.principals!.map((principal) => `${port} from ${principal}`),
          ),
        ),
      ),
    )
    .sort();
}

async function authentication(service: string, values = {}) {
  const { mtls, portLevelMtls = {} } = find(
    await meshed('istio', service, values),
    'PeerAuthentication',
    service,
  ).spec as NonNullable<IPeerAuthentication['spec']>;
  assert.equal(mtls?.mode, 'STRICT');
  return Object.entries(portLevelMtls).map(([port, { mode }]) => `${port} ${mode}`);
}

const routeOf = async (values = {}) =>
  (
    find(await meshed('istio', 'payments', values), 'VirtualService', 'payments')
      .spec as NonNullable<IVirtualService['spec']>
  ).http![0]!;

describe('istio', { skip: helmMissing() }, () => {
  test('lets in to each service whom the call graph names, by identity, and nobody else', async () => {
    for (const service of servicesIn('production')) {
      const { inside, outside } = callersOf(service);
      const port = graph.nodes[service]!.port!;
      const expected = [
        ...inside.map((caller) => `${port} from cluster.local/ns/quayside/sa/${caller}`),
        ...outside.map(() => `${port} from *`),
        // Prometheus.
        `${graph.adminPort} from *`,
      ];
      assert.deepEqual(await letIn(service), expected.sort(), service);
    }
  });

  test('the identities are those that the releases run as', async () => {
    for (const service of servicesIn('production')) {
      const pod = deployment(await withOverlays(service, ['istio']), service).template.spec!;
      assert.equal(pod.serviceAccountName, service);
    }
  });

  test('follows the call graph when it grows', async () => {
    const principals = await letIn('payments', furtherCaller);
    assert.ok(principals.includes('9090 from cluster.local/ns/quayside/sa/reports'));
  });

  test('mTLS is strict, but for ports with callers who are not in the mesh', async () => {
    assert.deepEqual(await authentication('payments'), ['9464 PERMISSIVE']);
    assert.deepEqual(await authentication('gateway'), ['8080 PERMISSIVE', '9464 PERMISSIVE']);
  });

  test('it is strict everywhere when these are in the mesh too', async () => {
    const principals = {
      edge: 'cluster.local/ns/istio-ingress/sa/gateway',
      prometheus: 'cluster.local/ns/observability/sa/prometheus',
    };
    assert.deepEqual(await authentication('gateway', { principals }), []);
    assert.deepEqual(await letIn('gateway', { principals }), [
      `8080 from ${principals.edge}`,
      `9464 from ${principals.prometheus}`,
    ]);
  });

  test('the clients leave balancing and retries to the mesh, and call the ClusterIP name', async () => {
    const settings = settingsOf(await withOverlays('gateway', ['istio']), 'gateway');
    assert.equal(settings.GRPC_LOAD_BALANCING, 'pick_first');
    assert.equal(settings.GRPC_RETRIES, 'off');
    const { host } = find(await meshed('istio', 'payments'), 'DestinationRule', 'payments')
      .spec as NonNullable<IDestinationRule['spec']>;
    assert.equal(`dns:///${host!.replace('.cluster.local', '')}:9090`, settings.PAYMENTS_ADDRESS);
    const objects = await withOverlays('payments', ['istio']);
    assert.ok(namesOf(objects, 'Service').includes('payments'));
  });

  test('pods are in the mesh, Jobs are not', async () => {
    const objects = await withOverlays('payments', ['istio']);
    const labelsOf = (kind: string, name: string) =>
      (
        find(objects, kind, name).spec as {
          template: { metadata: { labels: Record<string, string> } };
        }
      ).template.metadata.labels;
    assert.equal(labelsOf('Deployment', 'payments')['sidecar.istio.io/inject'], 'true');
    assert.equal(labelsOf('Job', 'payments-migrate')['sidecar.istio.io/inject'], 'false');
  });

  test('a replica that fails is ejected, never more than half of them', async () => {
    const { trafficPolicy } = find(await meshed('istio', 'payments'), 'DestinationRule', 'payments')
      .spec as NonNullable<IDestinationRule['spec']>;
    const { consecutive5xxErrors, maxEjectionPercent } = trafficPolicy!.outlierDetection!;
    assert.deepEqual([consecutive5xxErrors, maxEjectionPercent], [5, 50]);
    assert.equal(trafficPolicy!.tls?.mode, 'ISTIO_MUTUAL');
  });

  test('only what never reached a service is sent again: not every method may be', async () => {
    const { retries } = await routeOf();
    assert.deepEqual(retries?.retryOn?.split(','), [
      'connect-failure',
      'refused-stream',
      'reset-before-request',
    ]);
  });

  test('the weight of the release file splits calls between the tracks of its pods', async () => {
    const { route } = await routeOf(canaryOf(10));
    assert.deepEqual(
      route!.map(({ destination, weight }) => [destination!.subset, weight]),
      [
        ['stable', 90],
        ['canary', 10],
      ],
    );
    const { subsets } = find(
      await meshed('istio', 'payments', canaryOf(10)),
      'DestinationRule',
      'payments',
    ).spec as NonNullable<IDestinationRule['spec']>;
    const pods = await withOverlays('payments', ['istio'], canaryOf(10));
    for (const { name, labels } of subsets!) {
      const deploymentName = name === 'stable' ? 'payments' : 'payments-canary';
      const { labels: podLabels } = deployment(pods, deploymentName).template.metadata!;
      assert.equal(podLabels!['quayside.dev/track'], labels!['quayside.dev/track']);
    }
    // The Service must have both, or the weights would choose among none.
    const { selector } = find(pods, 'Service', 'payments').spec as { selector: object };
    assert.notDeepEqual(selector, track('payments', 'stable'));
  });

  test('0 is a weight; without a canary there is none', async () => {
    const weights = (await routeOf(canaryOf(0))).route!.map(({ weight }) => weight);
    assert.deepEqual(weights, [100, 0]);
    assert.deepEqual(
      (await routeOf(canaryOf(0, 0))).route!.map(({ weight }) => weight),
      [undefined],
    );
  });

  test('leaves the canary of the gateway to its HTTPRoute', async () => {
    const objects = await meshed('istio', 'gateway', canaryOf(10));
    assert.deepEqual(namesOf(objects, 'VirtualService'), []);
  });

  test('refuses what cannot work', async () => {
    await refuses('istio', { service: 'payments' }, /add -f helm\/call-graph\.yaml/);
    await refuses('istio', { service: 'payments', principals: { edge: 'gateway' } }, /principals/);
    const graphFile = ['helm/call-graph.yaml'];
    await refuses('istio', { service: 'nobody' }, /nobody has no port/, graphFile);
    const unsaid = {
      service: 'payments',
      release: { strategy: 'canary', canary: { replicas: 1 } },
    };
    await refuses('istio', unsaid, /say its share by release\.canary\.weight/, graphFile);
  });
});
