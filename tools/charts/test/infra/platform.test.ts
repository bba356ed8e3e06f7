import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { describe, test } from 'node:test';
import { topology } from '@quayside/dev';
import { parse } from 'yaml';
import { helmMissing, runHelm } from '../../src/helm';
import { nameOf, parseManifests, type Manifest } from '../../src/manifest';
import { findModel, problemsOf } from '../../src/models/find-model';
import { inRepository, isInRepository } from '../../src/repository';
import { render, type Rendering } from '../../src/render';

const skip = helmMissing();
const services = topology.services.filter(({ database }) => database).map(({ name }) => name);
const read = (path: string) => readFileSync(inRepository(path), 'utf8');
const manifestsIn = (folder: string): Manifest[] =>
  readdirSync(inRepository(folder))
    .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .flatMap((name) => parseManifests(read(join(folder, name)), name));

interface CallGraph {
  callGraph: { nodes: Record<string, { calls?: string[] }> };
}
const callersOf = (node: string) => {
  const { nodes } = (parse(read('helm/call-graph.yaml')) as CallGraph).callGraph;
  return Object.keys(nodes).filter((caller) => nodes[caller]?.calls?.includes(node));
};

const databases = (environment: string, set?: Rendering['set']): Rendering => ({
  chart: 'helm/platform/databases',
  release: 'databases',
  values: ['helm/call-graph.yaml', `helm/platform/databases/values-${environment}.yaml`],
  ...(set && { set }),
});

interface Cluster extends Manifest {
  spec: {
    instances: number;
    bootstrap: {
      initdb?: { owner: string; secret: { name: string }; postInitApplicationSQL: string[] };
      recovery?: { source: string; recoveryTarget?: { targetTime: string } };
    };
    managed: { roles: { name: string; passwordSecret: { name: string } }[] };
    plugins: { parameters: { serverName: string } }[];
    externalClusters?: { plugin: { parameters: { serverName: string } } }[];
  };
}
const clusterOf = async (rendering: Rendering, service: string) =>
  (await render(rendering)).find(
    ({ kind, metadata }) => kind === 'Cluster' && metadata.name === `postgres-${service}`,
  ) as Cluster | undefined;

async function invalid(manifests: readonly Manifest[]): Promise<string[]> {
  const found = await Promise.all(
    manifests.map(async (one) => {
      const model = findModel(one.apiVersion, one.kind);
      return model
        ? (await problemsOf(one, model)).map((problem) => `${nameOf(one)}: ${problem}`)
        : [];
    }),
  );
  return found.flat();
}

describe('databases', { skip }, () => {
  for (const environment of ['staging', 'production']) {
    test(`${environment}: a cluster with backups and both roles for each service`, async () => {
      const manifests = await render(databases(environment));
      assert.deepEqual(await invalid(manifests), []);
      const ofKind = (kind: string) => manifests.filter((one) => one.kind === kind);
      const expected = services.map((service) => `postgres-${service}`).sort();
      const names = (kind: string) =>
        ofKind(kind)
          .map(({ metadata }) => metadata.name)
          .sort();
      assert.deepEqual(names('Cluster'), expected);
      assert.deepEqual(names('ScheduledBackup'), expected);
      for (const service of services) {
        const cluster = await clusterOf(databases(environment), service);
        const { initdb } = cluster!.spec.bootstrap;
        assert.equal(initdb?.owner, `${service}_owner`);
        assert.equal(initdb.secret.name, `${service}-migration`);
        assert.ok(
          initdb.postInitApplicationSQL.includes(`REVOKE ALL ON DATABASE ${service} FROM PUBLIC`),
        );
        assert.deepEqual(
          cluster!.spec.managed.roles.map(({ name, passwordSecret }) => [
            name,
            passwordSecret.name,
          ]),
          [[`${service}_app`, `${service}-secrets`]],
        );
      }
    });
  }

  test('the Secrets have what the service, its migrations and CloudNativePG read', async () => {
    const manifests = await render(databases('production'));
    const keys = (name: string) => {
      const found = manifests.find(
        ({ kind, metadata }) => kind === 'ExternalSecret' && metadata.name === name,
      );
      const { target } = found!.spec as { target: { template: { data: Record<string, string> } } };
      return target.template.data;
    };
    const running = keys('payments-secrets');
    assert.deepEqual(Object.keys(running), [
      'username',
      'password',
      'database-url',
      'service-token-secret',
    ]);
    assert.match(
      running['database-url']!,
      /^postgres:\/\/payments_app:.*@postgres-payments-rw:5432\/payments\?/,
    );
    assert.equal(keys('auth-secrets')['signing-keys-secret'], '{{ .own0 }}');
    const migration = keys('payments-migration');
    assert.deepEqual(Object.keys(migration), ['username', 'password', 'database-url']);
    assert.equal(migration.username, 'payments_owner');
  });

  test('a recovered cluster reads the old backups and writes beside them', async () => {
    const set = {
      'services.payments.generation': '2',
      'services.payments.recoverFrom.generation': '1',
      'services.payments.recoverFrom.targetTime': '2026-11-22 10:15:00+00',
    };
    const cluster = await clusterOf(databases('production', set), 'payments');
    const { bootstrap, plugins, externalClusters } = cluster!.spec;
    assert.equal(bootstrap.initdb, undefined);
    assert.equal(bootstrap.recovery?.recoveryTarget?.targetTime, '2026-11-22 10:15:00+00');
    assert.equal(externalClusters?.[0]?.plugin.parameters.serverName, 'postgres-payments-1');
    assert.equal(plugins[0]?.parameters.serverName, 'postgres-payments-2');
    const same = { 'services.payments.recoverFrom.generation': '1' };
    await assert.rejects(render(databases('production', same)), /Set generation higher/);
  });

  test('a database is reached by its own service only', async () => {
    const manifests = await render(databases('production'));
    for (const service of services) {
      const policy = manifests.find(
        ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === `postgres-${service}`,
      );
      const { ingress } = policy!.spec as { ingress: { from: { podSelector: Label }[] }[] };
      const allowed = ingress[0]!.from.map(
        ({ podSelector }) => Object.values(podSelector.matchLabels)[0],
      );
      assert.deepEqual(allowed, [
        ...callersOf(`postgres-${service}`).sort(),
        `postgres-${service}`,
      ]);
    }
  });
});

interface Label {
  matchLabels: Record<string, string>;
}

test('Kafka lets in whoever the call graph lets in, topic makers apart', () => {
  const [kafka] = manifestsIn('helm/platform/kafka/base').filter(({ kind }) => kind === 'Kafka');
  const { listeners } = (kafka!.spec as { kafka: { listeners: Listener[] } }).kafka;
  const allowed = listeners[0]!.networkPolicyPeers[0]!.podSelector.matchExpressions[0]!.values;
  // Topics are made by the operator here, from the same registry.
  const callers = callersOf('kafka').filter((name) => !name.endsWith('-topics'));
  assert.deepEqual([...allowed].sort(), callers.sort());
});
interface Listener {
  networkPolicyPeers: { podSelector: { matchExpressions: { values: string[] }[] } }[];
}

interface Source {
  repoURL: string;
  targetRevision: string;
  chart?: string;
  path?: string;
  helm?: { valueFiles?: string[]; fileParameters?: { path: string }[] };
}
interface Application extends Manifest {
  spec: { source?: Source; sources?: Source[]; syncPolicy: { automated?: unknown } };
}
const argo = [
  'helm/platform/argocd',
  'helm/platform/argocd/apps',
  'helm/platform/argocd/platform/base',
];
const argoManifests = () => argo.flatMap(manifestsIn);
const sourcesOf = ({ spec }: Application) => spec.sources ?? (spec.source ? [spec.source] : []);

describe('Argo CD', () => {
  const applications = () =>
    argoManifests().filter(({ kind }) => kind === 'Application') as Application[];

  test('everything is valid by the schemas of Argo CD and Kubernetes', async () => {
    assert.deepEqual(
      await invalid([...argoManifests(), ...manifestsIn('helm/platform/cluster')]),
      [],
    );
  });

  test('third-party charts are pinned to one version and have their values', () => {
    const charts = applications().flatMap((one) => sourcesOf(one).filter(({ chart }) => chart));
    assert.ok(charts.length >= 8);
    for (const { chart, targetRevision, helm } of charts) {
      assert.match(targetRevision, /^v?\d+\.\d+\.\d+$/, chart);
      for (const file of helm?.valueFiles ?? []) {
        assert.ok(isInRepository(file.replace('$values/', '')), `${chart}: ${file}`);
      }
    }
  });

  test('folders and files that Applications name exist', () => {
    for (const application of applications()) {
      for (const { path, helm } of sourcesOf(application)) {
        if (path === undefined) continue;
        assert.ok(isInRepository(path), `${nameOf(application)}: ${path}`);
        const named = [
          ...(helm?.valueFiles ?? []),
          ...(helm?.fileParameters ?? []).map((parameter) => parameter.path),
        ];
        for (const file of named) {
          const from = normalize(join(path, file));
          assert.ok(isInRepository(from), `${nameOf(application)}: ${from}`);
        }
      }
    }
  });

  test('staging follows Git by itself, production does not', () => {
    const patches = (environment: string) =>
      read(`helm/platform/argocd/platform/${environment}/kustomization.yaml`);
    assert.match(patches('staging'), /automated, value: { prune: true, selfHeal: true }/);
    assert.doesNotMatch(patches('production'), /automated/);
    const byItself = applications().filter(({ spec }) => spec.syncPolicy.automated);
    assert.deepEqual(byItself.map(({ metadata }) => metadata.name).sort(), [
      'platform-staging',
      'quayside',
    ]);
    const sets = argoManifests().filter(({ kind }) => kind === 'ApplicationSet');
    assert.deepEqual(sets.map(({ metadata }) => metadata.name).sort(), ['overlays', 'services']);
    for (const { spec } of sets) {
      const { templatePatch } = spec as { templatePatch: string };
      const automated =
        /{{- if eq \$environment "staging" }}\s+syncPolicy:\s+automated:\s+prune: true\s+selfHeal: true\s+{{- end }}/;
      assert.match(templatePatch, automated);
      assert.doesNotMatch(templatePatch.replace(automated, ''), /automated/);
    }
  });
});

test('the alerts of a laptop are those of staging and production', { skip }, async () => {
  const files = 'helm/charts/observability-local/files';
  const { stdout, exitCode } = await runHelm([
    ...['template', 'observability', 'helm/platform/observability'],
    ...['--set-file', `rules=${files}/prometheus/rules.yaml`],
    ...['--set-file', `dashboard=${files}/grafana/overview.json`],
    ...['--set-file', `collector.config=${files}/otel-collector/config.yaml`],
    ...['--values', 'helm/platform/observability/values-production.yaml'],
  ]);
  assert.equal(exitCode, 0);
  const manifests = parseManifests(stdout, 'observability');
  assert.deepEqual(await invalid(manifests), []);
  const rule = manifests.find(({ kind }) => kind === 'PrometheusRule');
  assert.deepEqual(rule?.spec, parse(read(`${files}/prometheus/rules.yaml`)));
  const text = (name: string, key: string) => {
    const found = manifests.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name,
    );
    return (found as unknown as { data: Record<string, string> }).data[key]!;
  };
  assert.deepEqual(
    JSON.parse(text('quayside-overview', 'overview.json')),
    JSON.parse(read(`${files}/grafana/overview.json`)),
  );
  assert.deepEqual(
    parse(text('otel-collector', 'config.yaml')),
    parse(read(`${files}/otel-collector/config.yaml`)),
  );
});
