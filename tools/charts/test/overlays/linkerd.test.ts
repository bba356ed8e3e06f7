import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { helmMissing } from '../../src/helm';
import type { Manifest } from '../../src/manifest';
import { servicesIn } from '../../src/matrix';
import { deployment, find, namesOf, settingsOf } from '../service/service-chart';
import { callersOf, canaryOf, furtherCaller, graph, meshed } from './mesh';
import { refuses, withOverlays } from './overlay';

// No package describes these kinds: the shape is that of linkerd-crds (policy.linkerd.io v1beta3 and v1alpha1).
interface Server {
  podSelector: { matchLabels: Record<string, string> };
  port: string;
  proxyProtocol: string;
}
interface AuthorizationPolicy {
  targetRef: { group: string; kind: string; name: string };
  requiredAuthenticationRefs: { group: string; kind: string; name: string }[];
}

const specsOf = <Spec>(objects: readonly Manifest[], kind: string) =>
  objects.filter((each) => each.kind === kind).map(({ spec }) => spec as Spec);

/** Whom a Server lets in: identities, `*` for anybody. */
function letIn(objects: readonly Manifest[], server: string): string[] {
  return specsOf<AuthorizationPolicy>(objects, 'AuthorizationPolicy')
    .filter(({ targetRef }) => targetRef.kind === 'Server' && targetRef.name === server)
    .flatMap(({ requiredAuthenticationRefs }) => {
      assert.equal(requiredAuthenticationRefs.length, 1, 'several would all have to hold');
      const { kind, name } = requiredAuthenticationRefs[0]!;
      const authentication = find(objects, kind, name);
      if (kind === 'NetworkAuthentication') return ['*'];
      return (authentication.spec as { identities: string[] }).identities;
    })
    .sort();
}

const identity = (name: string) => `${name}.quayside.serviceaccount.identity.linkerd.cluster.local`;

describe('linkerd', { skip: helmMissing() }, () => {
  test('lets in to each service whom the call graph names, by identity, and nobody else', async () => {
    for (const service of servicesIn('production')) {
      const { inside, outside } = callersOf(service);
      const objects = await meshed('linkerd', service);
      const server = `${service}-${graph.nodes[service]?.serves ?? 'grpc'}`;
      const expected = [...inside.map(identity), ...outside.map(() => '*')];
      assert.deepEqual(letIn(objects, server), expected.sort(), service);
      assert.deepEqual(letIn(objects, `${service}-admin`), ['*'], 'Prometheus');
    }
  });

  test('has a Server for each port of the pods, by its name; any other port is refused', async () => {
    for (const service of servicesIn('production')) {
      const { template } = deployment(await withOverlays(service, ['linkerd']), service);
      const ports = template.spec!.containers[0]!.ports!.map(({ name }) => name);
      const servers = specsOf<Server>(await meshed('linkerd', service), 'Server');
      assert.deepEqual(servers.map(({ port }) => port).sort(), ports.sort());
      for (const { podSelector } of servers)
        for (const [label, value] of Object.entries(podSelector.matchLabels))
          assert.equal(template.metadata!.labels![label], value);
      const { annotations = {} } = template.metadata!;
      assert.equal(annotations['config.linkerd.io/default-inbound-policy'], 'deny');
    }
  });

  test('knows the protocol of each port', async () => {
    const protocols = async (service: string) =>
      specsOf<Server>(await meshed('linkerd', service), 'Server').map(
        ({ port, proxyProtocol }) => `${port} ${proxyProtocol}`,
      );
    assert.deepEqual((await protocols('payments')).sort(), ['admin HTTP/1', 'grpc gRPC']);
    assert.deepEqual((await protocols('gateway')).sort(), ['admin HTTP/1', 'http HTTP/1']);
  });

  test('follows the call graph when it grows', async () => {
    const objects = await meshed('linkerd', 'payments', furtherCaller);
    assert.ok(letIn(objects, 'payments-grpc').includes(identity('reports')));
  });

  test('who is in the mesh elsewhere is named too', async () => {
    const edge = 'envoy.envoy-gateway-system.serviceaccount.identity.linkerd.cluster.local';
    const objects = await meshed('linkerd', 'gateway', { identities: { edge } });
    assert.deepEqual(letIn(objects, 'gateway-http'), [identity('card-processor'), edge]);
  });

  test('the clients leave balancing and retries to the mesh, and call the ClusterIP name', async () => {
    const settings = settingsOf(await withOverlays('gateway', ['linkerd']), 'gateway');
    assert.equal(settings.GRPC_LOAD_BALANCING, 'pick_first');
    assert.equal(settings.GRPC_RETRIES, 'off');
    assert.equal(settings.PAYMENTS_ADDRESS, 'dns:///payments.quayside.svc:9090');
  });

  test('a replica that keeps failing is left out: every Service that carries calls says so', async () => {
    const objects = await withOverlays('payments', ['linkerd'], canaryOf(10));
    const accrual = (name: string) =>
      Object.entries(find(objects, 'Service', name).metadata.annotations ?? {})
        .filter(([key]) => key.startsWith('balancer.linkerd.io/failure-accrual'))
        .map(([key, value]) => `${key.split('/').at(-1)!} ${value}`);
    for (const name of ['payments', 'payments-headless', 'payments-stable', 'payments-canary'])
      assert.deepEqual(
        accrual(name).sort(),
        [
          'failure-accrual consecutive',
          'failure-accrual-consecutive-max-failures 5',
          'failure-accrual-consecutive-max-penalty 1m',
          'failure-accrual-consecutive-min-penalty 5s',
        ],
        name,
      );
    assert.deepEqual(accrual('payments-metrics'), [], 'it carries no calls');
  });

  test('pods are in the mesh, Jobs are not', async () => {
    const objects = await withOverlays('payments', ['linkerd']);
    const annotationsOf = (kind: string, name: string) =>
      (
        find(objects, kind, name).spec as {
          template: { metadata: { annotations: Record<string, string> } };
        }
      ).template.metadata.annotations;
    assert.equal(annotationsOf('Deployment', 'payments')['linkerd.io/inject'], 'enabled');
    assert.equal(annotationsOf('Job', 'payments-migrate')['linkerd.io/inject'], 'disabled');
  });

  test('the weight of the release file splits calls between Services that the release has', async () => {
    const objects = await meshed('linkerd', 'payments', canaryOf(10));
    const { parentRefs, rules } = find(objects, 'HTTPRoute', 'payments-canary').spec as NonNullable<
      IHTTPRoute['spec']
    >;
    assert.deepEqual(parentRefs, [{ group: '', kind: 'Service', name: 'payments', port: 9090 }]);
    const backends = rules![0]!.backendRefs!;
    assert.deepEqual(
      backends.map(({ name, weight }) => [name, weight]),
      [
        ['payments-stable', 90],
        ['payments-canary', 10],
      ],
    );
    const release = namesOf(await withOverlays('payments', ['linkerd'], canaryOf(10)), 'Service');
    for (const { name } of backends) assert.ok(release.includes(name), name);
  });

  test('without a canary, and for the gateway, there is no route', async () => {
    assert.deepEqual(namesOf(await meshed('linkerd', 'payments', canaryOf(0, 0)), 'HTTPRoute'), []);
    assert.deepEqual(namesOf(await meshed('linkerd', 'gateway', canaryOf(10)), 'HTTPRoute'), []);
  });

  test('refuses what cannot work', async () => {
    await refuses('linkerd', { service: 'payments' }, /add -f helm\/call-graph\.yaml/);
    await refuses('linkerd', { service: 'payments', identities: { edge: 'envoy' } }, /identities/);
  });
});
