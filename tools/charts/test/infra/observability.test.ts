import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { helmMissing } from '../../src/helm';
import type { Manifest } from '../../src/manifest';
import { inRepository } from '../../src/repository';
import { render } from '../../src/render';
import { knownSeries, seriesIn } from './metric-names';

const files = 'helm/charts/observability-local/files';
const read = (path: string) => readFileSync(inRepository(`${files}/${path}`), 'utf8');
const release = { chart: 'observability-local', release: 'observability', values: [] };
const options = { ...release, namespace: 'observability' };

interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  labels?: { severity?: string };
  annotations?: { summary?: string };
}
const rules = () =>
  (parse(read('prometheus/rules.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
    (group) => group.rules,
  );

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}
interface Dashboard {
  panels: Panel[];
  templating: { list: { query: { query: string } }[] };
}
const dashboard = () => JSON.parse(read('grafana/overview.json')) as Dashboard;

test('expressions are read for the series that they name', () => {
  const expression =
    'histogram_quantile(0.9, sum by (le, http_route) (rate(a_bucket{b_c="d_e"}[5m]))) or up == 0';
  assert.deepEqual(seriesIn(expression), ['a_bucket', 'up']);
});

test('alerts and the dashboard ask for series that the services have', () => {
  const known = knownSeries();
  for (const { record } of rules()) if (record !== undefined) known.add(record);
  const expressions = [
    ...rules().map(({ expr }) => expr),
    ...dashboard().panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...dashboard().templating.list.map(({ query }) => query.query),
  ];
  const asked = new Set(expressions.flatMap(seriesIn));
  assert.ok(asked.size > 15, [...asked].join());
  assert.deepEqual(
    [...asked].filter((name) => !known.has(name)),
    [],
  );
});

test('every alert says how urgent it is and what has happened', () => {
  for (const { alert, labels, annotations } of rules().filter((rule) => rule.alert)) {
    assert.match(labels?.severity ?? '', /^(page|ticket)$/, alert);
    assert.ok(annotations?.summary, alert);
  }
});

test('the panels of the dashboard do not cover each other', () => {
  const { panels } = dashboard();
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos } of panels) {
    const { x, y, w, h } = gridPos;
    assert.ok(x + w <= 24, title);
    for (let row = y; row < y + h; row += 1) {
      for (let column = x; column < x + w; column += 1) {
        const other = taken.get(`${row},${column}`);
        assert.equal(other, undefined, `${title} and ${other}`);
        taken.set(`${row},${column}`, title);
      }
    }
  }
});

function promtoolMissing(): string | false {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'no promtool on PATH';
  }
}

test(
  'promtool accepts the rules, and they fire when they should',
  { skip: promtoolMissing() },
  () => {
    const cwd = inRepository(`${files}/prometheus`);
    execFileSync('promtool', ['check', 'rules', 'rules.yaml'], { cwd, stdio: 'pipe' });
    execFileSync('promtool', ['test', 'rules', 'rules.test.yaml'], { cwd, stdio: 'pipe' });
  },
);

test('Fluentd takes apart what the container runtime writes', () => {
  const source = /expression \/(.*)\/\n/.exec(read('fluentd/fluent.conf'))?.[1] ?? '';
  const line = new RegExp(source);
  const groups = (text: string) => ({ ...line.exec(text)?.groups });
  assert.deepEqual(groups('2026-11-22T10:15:00.123456789Z stdout F {"level":"info"}'), {
    time: '2026-11-22T10:15:00.123456789Z',
    stream: 'stdout',
    logtag: 'F',
    log: '{"level":"info"}',
  });
  assert.equal(groups('2026-11-22T10:15:00.1+01:00 stderr P part of').logtag, 'P');
});

describe('observability-local', { skip: helmMissing() }, () => {
  const names = (manifests: readonly Manifest[]) =>
    manifests
      .filter(({ kind }) => ['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind))
      .map(({ metadata }) => metadata.name)
      .sort();

  test('traces, metrics and logs are switched separately', async () => {
    const workloads = async (set: Record<string, string>) =>
      names(await render({ ...options, set }));
    assert.deepEqual(await workloads({}), ['grafana', 'jaeger', 'otel-collector', 'prometheus']);
    assert.deepEqual(await workloads({ 'metrics.enabled': 'false' }), ['jaeger', 'otel-collector']);
    assert.deepEqual(
      await workloads({
        'traces.enabled': 'false',
        'metrics.enabled': 'false',
        'logs.enabled': 'true',
      }),
      ['elasticsearch', 'fluentd', 'kibana'],
    );
  });

  test('only what ships logs touches the node, and it does so in a namespace of its own', async () => {
    const manifests = await render({ ...options, set: { 'logs.enabled': 'true' } });
    const onNode = manifests.filter((one) => JSON.stringify(one).includes('"hostPath"'));
    assert.deepEqual(
      onNode.map(({ kind, metadata }) => `${metadata.namespace}/${kind}/${metadata.name}`),
      ['logging/DaemonSet/fluentd'],
    );
    const namespace = manifests.find(({ kind }) => kind === 'Namespace');
    assert.ok(namespace);
    assert.equal(namespace.metadata.name, 'logging');
    assert.equal(namespace.metadata.labels?.['pod-security.kubernetes.io/enforce'], 'privileged');
  });

  test('Prometheus may look at pods of one namespace, and nobody else asks the API anything', async () => {
    const manifests = await render({ ...options, set: { applicationNamespace: 'shop' } });
    const roles = manifests.filter(({ kind }) => kind.endsWith('Role'));
    assert.deepEqual(
      roles.map(({ kind, metadata, rules }) => ({ kind, namespace: metadata.namespace, rules })),
      [
        {
          kind: 'Role',
          namespace: 'shop',
          rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
        },
      ],
    );
    const withToken = manifests.filter((one) =>
      JSON.stringify(one.spec ?? {}).includes('"automountServiceAccountToken":true'),
    );
    assert.deepEqual(names(withToken), ['prometheus']);
  });

  test('the memory that values and README state is what the limits add up to', async () => {
    const manifests = await render({ ...options, set: { 'logs.enabled': 'true' } });
    const limit = (name: string) => {
      const found = manifests.find(
        ({ kind, metadata }) => /Deployment|DaemonSet/.test(kind) && metadata.name === name,
      );
      const { template } = found?.spec as {
        template: { spec: { containers: { resources: { limits: { memory: string } } }[] } };
      };
      const [, amount, unit] =
        /^(\d+)(Mi|Gi)$/.exec(template.spec.containers[0]!.resources.limits.memory) ?? [];
      return Number(amount) * (unit === 'Gi' ? 1024 : 1);
    };
    const sums = {
      traces: limit('otel-collector') + limit('jaeger'),
      metrics: limit('prometheus') + limit('grafana'),
      logs: limit('elasticsearch') + limit('kibana'),
      node: limit('fluentd'),
    };
    assert.deepEqual(sums, { traces: 640, metrics: 768, logs: 3072, node: 256 });
    for (const file of ['values.yaml', 'README.md']) {
      const text = readFileSync(inRepository(`helm/charts/observability-local/${file}`), 'utf8');
      assert.match(text, /traces 640 MiB, metrics 768 MiB, logs 3 GiB and 256 MiB for each node/);
    }
  });

  test('refuses what cannot work', async () => {
    const refused = (set: Record<string, string>, why: RegExp) =>
      assert.rejects(render({ ...options, set }), why);
    await refused({ 'traces.sampling.percent': '101' }, /maximum/);
    await refused({ 'metrics.prometheus.image.tag': 'latest' }, /'not' failed/);
    await refused({ 'metrics.alertmanager.enabled': 'true' }, /additional properties/);
  });
});
