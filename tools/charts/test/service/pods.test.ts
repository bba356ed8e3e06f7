import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IHorizontalPodAutoscalerSpec } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerSpec';
import { helmMissing } from '../../src/helm';
import {
  blueGreen,
  canary,
  deployment,
  find,
  namesOf,
  podOf,
  rendered,
  route,
  settingsOf,
} from './service-chart';

const scaled = { autoscaling: { enabled: true, maxReplicas: 9 } };

const autoscaler = (objects: Awaited<ReturnType<typeof rendered>>, name: string) =>
  find(objects, 'HorizontalPodAutoscaler', name).spec as IHorizontalPodAutoscalerSpec;

describe('the pods of a service', { skip: helmMissing() }, () => {
  test('have a grace period that covers drain delay and shutdown, and the same numbers as settings', async () => {
    const objects = await rendered('users', { drain: { delaySeconds: 15, shutdownSeconds: 30 } });
    assert.equal(podOf(objects, 'users').terminationGracePeriodSeconds, 50);
    const { DRAIN_DELAY_MS, SHUTDOWN_TIMEOUT_MS } = settingsOf(objects, 'users');
    assert.deepEqual([DRAIN_DELAY_MS, SHUTDOWN_TIMEOUT_MS], ['15000', '30000']);
    assert.equal(podOf(objects, 'users').containers[0]!.lifecycle, undefined);
  });

  test('are replaced when a setting or the revision of the secrets changes, and not otherwise', async () => {
    const template = async (values: object) =>
      deployment(await rendered('users', { ...values }), 'users').template;
    const before = await template({});
    assert.deepEqual(await template({ replicas: 7 }), before);
    assert.notDeepEqual(await template({ logLevel: 'warn' }), before);
    assert.notDeepEqual(await template({ secrets: { revision: 'b' } }), before);
  });

  test('know callees by their headless names, and in a mesh by the plain ones', async () => {
    const direct = settingsOf(await rendered('gateway'), 'gateway');
    assert.equal(direct.PAYMENTS_ADDRESS, 'dns:///payments-headless.quayside.svc:9090');
    assert.deepEqual(
      [direct.GRPC_LOAD_BALANCING, direct.GRPC_RETRIES, direct.HTTP_PORT, direct.GRPC_PORT],
      ['round_robin', 'on', '8080', undefined],
    );
    const meshed = settingsOf(
      await rendered('gateway', { grpc: { balancing: 'mesh' } }),
      'gateway',
    );
    assert.equal(meshed.PAYMENTS_ADDRESS, 'dns:///payments.quayside.svc:9090');
    assert.deepEqual([meshed.GRPC_LOAD_BALANCING, meshed.GRPC_RETRIES], ['pick_first', 'off']);
  });

  test('know the services that the call graph says they call, and no store', async () => {
    const addresses = async (service: string) =>
      Object.keys(settingsOf(await rendered(service), service)).filter((name) =>
        name.endsWith('_ADDRESS'),
      );
    assert.deepEqual(await addresses('gateway'), [
      'AUTH_ADDRESS',
      'PAYMENTS_ADDRESS',
      'USERS_ADDRESS',
    ]);
    assert.deepEqual(await addresses('payments'), ['AUTH_ADDRESS']);
    assert.deepEqual(await addresses('auth'), []);
  });

  test('are given numbers as they are written, large ones too', async () => {
    const settings = { TOP_UP_MAX_MINOR_UNITS: 25_000_000 };
    const given = settingsOf(await rendered('payments', { settings }), 'payments');
    assert.equal(given.TOP_UP_MAX_MINOR_UNITS, '25000000');
  });

  test('believe X-Forwarded-For only where a proxy stands in front', async () => {
    const hops = async (values: object) =>
      settingsOf(await rendered('gateway', { ...values }), 'gateway').TRUSTED_PROXY_HOPS;
    assert.equal(await hops({}), '0');
    assert.equal(await hops({ httpRoute: route }), '1');
    assert.equal(await hops({ httpRoute: { ...route, proxyHops: 2 } }), '2');
  });

  test('the gateway is told how many replicas share its limits', async () => {
    const objects = await rendered('gateway', { replicas: 3 });
    assert.equal(settingsOf(objects, 'gateway').RATE_LIMIT_REPLICAS, '3');
    assert.equal(settingsOf(await rendered('users'), 'users').RATE_LIMIT_REPLICAS, undefined);
  });

  test('get three quarters of the memory limit for V8', async () => {
    const heap = async (memory: string) => {
      const limits = { cpu: '1', memory, 'ephemeral-storage': '64Mi' };
      const pod = podOf(await rendered('users', { resources: { limits } }), 'users');
      return pod.containers[0]!.env!.find(({ name }) => name === 'NODE_OPTIONS')!.value;
    };
    assert.equal(await heap('512Mi'), '--enable-source-maps --max-old-space-size=384');
    assert.equal(await heap('2Gi'), '--enable-source-maps --max-old-space-size=1536');
  });

  test('get their secrets as files that the settings name', async () => {
    const pod = podOf(await rendered('auth', { secrets: { name: 'other' } }), 'auth');
    const container = pod.containers[0]!;
    const env = new Map(container.env!.map(({ name, value }) => [name, value]));
    assert.equal(env.get('DATABASE_URL_FILE'), '/etc/quayside/secrets/database-url');
    const secret = pod.volumes!.find(({ name }) => name === 'secrets')!.secret!;
    assert.equal(secret.secretName, 'other');
    assert.equal(secret.defaultMode, 0o440);
    assert.deepEqual(
      secret.items!.map(({ path }) => path),
      ['database-url', 'service-token-secret', 'signing-keys-secret'],
    );
    const elsewhere = podOf(await rendered('auth', { secrets: { mount: false } }), 'auth');
    assert.ok(!elsewhere.volumes!.some(({ name }) => name === 'secrets'));
  });

  test('get certificates as whole folders, which is how they are renewed', async () => {
    const objects = await rendered('users', { tls: { enabled: true } });
    const mounts = podOf(objects, 'users').containers[0]!.volumeMounts!;
    const tls = mounts.find(({ name }) => name === 'tls')!;
    assert.deepEqual([tls.mountPath, tls.subPath], ['/etc/quayside/tls', undefined]);
    assert.equal(settingsOf(objects, 'users').TLS_CERT_FILE, '/etc/quayside/tls/tls.crt');
  });

  test("trust the brokers' authority, not the one that signs clients", async () => {
    const objects = await rendered('users', {}, 'production');
    const volume = podOf(objects, 'users').volumes!.find(({ name }) => name === 'kafka')!;
    const files = volume.projected!.sources!.map(({ secret }) => [
      secret!.name,
      secret!.items!.map(({ path }) => path),
    ]);
    assert.deepEqual(files, [
      ['kafka-users', ['user.crt', 'user.key']],
      ['quayside-cluster-ca-cert', ['ca.crt']],
    ]);
  });

  test('carry a version that is a legal label, whatever the tag is', async () => {
    const version = async (image: object) => {
      const { labels } = deployment(await rendered('users', { image }), 'users').template.metadata!;
      return labels!['app.kubernetes.io/version'];
    };
    const id = '0123456789abcdef'.repeat(4);
    assert.equal(await version({ tag: id }), id.slice(0, 63));
    assert.equal(await version({ tag: `1.0.0@sha256:${id}` }), '1.0.0');
    assert.equal(await version({ tag: '', digest: `sha256:${id}` }), '0123456789ab');
  });
});

describe('the number of pods', { skip: helmMissing() }, () => {
  test('stands in the Deployment, unless somebody else sets it', async () => {
    assert.equal(deployment(await rendered('users'), 'users').replicas, 2);
    for (const autoscaling of [scaled.autoscaling, { external: 'keda' }]) {
      const objects = await rendered('users', { autoscaling });
      assert.equal(deployment(objects, 'users').replicas, undefined);
    }
    const external = await rendered('users', { autoscaling: { external: 'keda' } });
    assert.deepEqual(namesOf(external, 'HorizontalPodAutoscaler'), []);
  });

  test("follows the CPU of the service's own container, and what else is asked for", async () => {
    const autoscaling = {
      ...scaled.autoscaling,
      memoryPercent: 80,
      podMetrics: [{ name: 'http_requests_per_second', averageValue: '50' }],
    };
    const { minReplicas, maxReplicas, metrics } = autoscaler(
      await rendered('users', { autoscaling }),
      'users',
    );
    assert.deepEqual([minReplicas, maxReplicas], [2, 9]);
    assert.deepEqual(
      metrics!.map(({ containerResource: own, pods }) =>
        own ? [own.container, own.name, own.target.averageUtilization] : pods!.metric.name,
      ),
      [['users', 'cpu', 60], ['users', 'memory', 80], 'http_requests_per_second'],
    );
  });

  test('of each colour is scaled by itself, from its own minimum', async () => {
    const objects = await rendered('payments', { ...blueGreen(), ...scaled });
    assert.equal(autoscaler(objects, 'payments-blue').minReplicas, 2);
    assert.equal(autoscaler(objects, 'payments-green').minReplicas, 3);
  });

  test('of a canary is scaled where weights share the traffic, and fixed where replicas do', async () => {
    const weighted = canary({ weight: 10 }, { httpRoute: route, ...scaled });
    assert.deepEqual(namesOf(await rendered('gateway', weighted), 'HorizontalPodAutoscaler'), [
      'gateway',
      'gateway-canary',
    ]);
    const counted = await rendered('payments', canary({}, scaled));
    assert.deepEqual(namesOf(counted, 'HorizontalPodAutoscaler'), ['payments']);
    assert.equal(deployment(counted, 'payments-canary').replicas, 1);
  });
});
