import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { topology } from '@quayside/dev';
import { helmMissing, runHelm } from '../../src/helm';
import { parseManifests, type Manifest } from '../../src/manifest';
import { render } from '../../src/render';
import { secretsApi } from './secrets-api';

const skip = helmMissing();
const chart = { chart: 'infra-local', release: 'infra', values: ['helm/call-graph.yaml'] };
const services = topology.services.filter(({ database }) => database).map(({ name }) => name);

const find = (manifests: readonly Manifest[], kind: string, name: string): Manifest => {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  assert.ok(found, `no ${kind}/${name}`);
  return found;
};
interface Secret extends Manifest {
  stringData: Record<string, string>;
}
interface Container {
  name: string;
  env: { name: string; value: string }[];
  ports: { name: string; containerPort: number }[];
  volumeMounts: { name: string; mountPath: string }[];
}
interface StatefulSet extends Manifest {
  spec: { template: { spec: { enableServiceLinks: boolean; containers: Container[] } } };
}
const containerOf = ({ spec }: StatefulSet) => spec.template.spec.containers[0]!;
const environmentOf = (set: StatefulSet) =>
  Object.fromEntries(containerOf(set).env.map(({ name, value }) => [name, value]));

describe('infra-local', { skip }, () => {
  test('gives every service of the topology that keeps data a database and its Secrets', async () => {
    const manifests = await render(chart);
    const secrets = manifests.filter(({ kind }) => kind === 'Secret') as Secret[];
    const tokens = new Set<string | undefined>();
    for (const service of services) {
      const server = (find(secrets, 'Secret', `postgres-${service}`) as Secret).stringData;
      const running = (find(secrets, 'Secret', `${service}-secrets`) as Secret).stringData;
      const migration = (find(secrets, 'Secret', `${service}-migration`) as Secret).stringData;
      const at = `postgres-${service}:5432/${service}`;
      assert.equal(
        running['database-url'],
        `postgres://${service}_app:${server['app-password']}@${at}`,
      );
      assert.equal(
        migration['database-url'],
        `postgres://${service}_owner:${server['owner-password']}@${at}`,
      );
      assert.deepEqual(Object.keys(migration), ['database-url']);
      tokens.add(running['service-token-secret']);
      assert.equal('signing-keys-secret' in running, service === 'auth');
      find(manifests, 'Service', `postgres-${service}`);
    }
    assert.equal(tokens.size, 1);
    const passwords = secrets
      .filter(({ metadata }) => metadata.name.startsWith('postgres-'))
      .flatMap(({ stringData }) => Object.values(stringData));
    assert.equal(new Set(passwords).size, services.length * 3);
  });

  test('gives both sides of a call the same text, and those without a database nothing else', async () => {
    const secrets = (await render(chart)).filter(({ kind }) => kind === 'Secret');
    const of = (name: string) => (find(secrets, 'Secret', `${name}-secrets`) as Secret).stringData;
    const { 'card-processor-api-key': key, 'card-processor-webhook-secret': webhooks } =
      of('card-processor');
    assert.deepEqual(Object.keys(of('card-processor')).length, 2);
    // The settings want so many characters.
    for (const text of [key, webhooks]) assert.match(text ?? '', /^\w{32,}$/);
    assert.notEqual(key, webhooks);
    assert.equal(of('payments')['card-processor-api-key'], key);
    assert.equal(of('gateway')['card-processor-webhook-secret'], webhooks);
    assert.equal('card-processor-api-key' in of('gateway'), false);
    assert.equal('card-processor-webhook-secret' in of('payments'), false);
  });

  test('finds the Secrets of an earlier install and keeps them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-infra-'));
    const earlier = await render(chart);
    const before = earlier.filter(({ kind }) => kind === 'Secret') as Secret[];
    const api = await secretsApi(earlier, 'infra', folder);
    try {
      const { stdout, stderr, exitCode } = await runHelm([
        ...['template', 'infra', 'helm/charts/infra-local', '--namespace', 'quayside'],
        ...['--values', 'helm/call-graph.yaml', '--dry-run=server', '--kubeconfig', api.kubeconfig],
        ...['--show-only', 'templates/secrets.yaml', '--disable-openapi-validation'],
      ]);
      assert.equal(exitCode, 0, stderr);
      const later = parseManifests(stdout, 'the second render') as Secret[];
      const contents = (all: Secret[]) =>
        all.map(({ metadata, stringData }) => [metadata.name, stringData]).sort();
      assert.deepEqual(contents(later), contents(before));
    } finally {
      api.close();
      rmSync(folder, { recursive: true });
    }
  });

  test('a database is reached by its own service and its migrations, Kafka not by migrations', async () => {
    const manifests = await render(chart);
    const callers = (name: string) => {
      const { spec } = find(manifests, 'NetworkPolicy', name) as unknown as Manifest & {
        spec: { ingress: [{ from: object[]; ports: object[] }] };
      };
      return spec.ingress[0].from.map((peer) => JSON.stringify(peer)).sort();
    };
    const pods = (name: string) =>
      JSON.stringify({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
    for (const service of services) {
      const expected = [pods(service), pods(`${service}-migrate`)];
      assert.deepEqual(callers(`postgres-${service}`), expected.sort());
    }
    const topics = services.map((service) => `${service}-topics`);
    assert.deepEqual(callers('kafka'), [...services, ...topics].map(pods).sort());
    const all = find(manifests, 'NetworkPolicy', 'default-deny') as unknown as { spec: object };
    assert.deepEqual(all.spec, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('mounts the volume where version 18 of the image wants it', async () => {
    const set = find(await render(chart), 'StatefulSet', 'postgres-payments') as StatefulSet;
    const mounts = containerOf(set).volumeMounts.map(({ mountPath }) => mountPath);
    assert.ok(mounts.includes('/var/lib/postgresql'));
    assert.ok(!mounts.includes('/var/lib/postgresql/data'));
    assert.match(environmentOf(set).PGDATA ?? '', /^\/var\/lib\/postgresql\/18\//);
  });

  test('Kafka makes no topics by itself and hears of no KAFKA_* but its own', async () => {
    const set = find(await render(chart), 'StatefulSet', 'kafka') as StatefulSet;
    assert.equal(environmentOf(set).KAFKA_AUTO_CREATE_TOPICS_ENABLE, 'false');
    assert.equal(set.spec.template.spec.enableServiceLinks, false);
    assert.deepEqual(
      containerOf(set).ports.map(({ name }) => name),
      ['kafka', 'controller'],
    );
  });

  test('with the external listener, clients outside are sent to their own end of the port-forward', async () => {
    const manifests = await render({ ...chart, set: { 'kafka.externalListener.enabled': 'true' } });
    const set = find(manifests, 'StatefulSet', 'kafka') as StatefulSet;
    assert.equal(
      environmentOf(set).KAFKA_ADVERTISED_LISTENERS,
      'PLAINTEXT://kafka:9092,EXTERNAL://localhost:9094',
    );
    const { spec } = find(manifests, 'Service', 'kafka') as unknown as {
      spec: { ports: { port: number; targetPort: string }[] };
    };
    assert.deepEqual(spec.ports[1], { name: 'external', port: 9094, targetPort: 'external' });
  });

  test('without volumes for CI, the data is in the pod', async () => {
    const set = { 'postgres.storage.persistent': 'false', 'kafka.storage.persistent': 'false' };
    const sets = (await render({ ...chart, set })).filter(({ kind }) => kind === 'StatefulSet');
    assert.equal(sets.length, services.length + 1);
    for (const { spec } of sets as unknown as { spec: Record<string, unknown> }[]) {
      assert.equal(spec.volumeClaimTemplates, undefined);
      const text = JSON.stringify(spec);
      const size = /"sizeLimit":"(\d+Gi)"/.exec(text)?.[1];
      assert.match(text, /"name":"data","emptyDir"/);
      // Else the kubelet would evict the pod long before the volume is full.
      assert.match(text, new RegExp(`"limits":\\{[^}]*"ephemeral-storage":"${size}"`));
    }
  });

  test('refuses what cannot work', async () => {
    const refused = (set: Record<string, string>, why: RegExp) =>
      assert.rejects(render({ ...chart, set }), why);
    await assert.rejects(render({ ...chart, values: [] }), /add -f helm\/call-graph\.yaml/);
    await refused({ 'services[0]': 'ledger' }, /call graph has no node postgres-ledger/);
    await refused({ 'services[0]': 'card-processor' }, /does not match pattern/);
    await refused({ 'sharedSecrets.lonely[0]': 'auth' }, /minItems/);
    await refused({ 'postgres.image.tag': 'latest' }, /'not' failed/);
    await refused({ 'postgres.replicas': '2' }, /additional properties 'replicas' not allowed/);
    await refused({ 'kafka.externalListener.port': '9092' }, /'not' failed/);
    await refused({ 'kafka.heap': '384m' }, /does not match pattern/);
  });
});
