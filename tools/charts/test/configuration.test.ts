import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { collectorProblems, variablesOf } from '../src/configuration/collector';
import { fluentdProblems, parseFluentd } from '../src/configuration/fluentd';
import {
  dashboardExpressions,
  portableConfig,
  promtool,
  promtoolMissing,
} from '../src/configuration/prometheus';
import { helmMissing } from '../src/helm';
import { nameOf, type Manifest } from '../src/manifest';
import { render } from '../src/render';
import { isInRepository } from '../src/repository';
import { containersOf, workloadsOf } from '../src/workload';
import { nothing } from './nothing';

const skip =
  helmMissing() ||
  (!isInRepository('helm/charts/observability-local/Chart.yaml') && 'there is no such chart');

describe('configuration in the rendered observability-local', { skip }, () => {
  let objects: Manifest[] = [];
  /** The files in ConfigMaps, by `ConfigMap/name/key`. */
  const files = new Map<string, string>();

  before(async () => {
    objects = await render({
      chart: 'observability-local',
      release: 'observability-local',
      namespace: 'observability',
      values: [],
      set: { 'logs.enabled': 'true' },
    });
    for (const object of objects.filter(({ kind }) => kind === 'ConfigMap'))
      for (const [key, text] of Object.entries((object.data ?? {}) as Record<string, string>))
        files.set(`${nameOf(object)}/${key}`, text);
  });

  const matching = (pattern: RegExp) => [...files].filter(([, text]) => pattern.test(text));

  test('the collector and Jaeger: pipelines name what is declared, and all of it is used', () => {
    const found = matching(/^ {2}pipelines:/m);
    assert.ok(found.length >= 2, 'the collector and Jaeger');
    nothing(found.flatMap(([name, text]) => collectorProblems(text).map((it) => `${name}: ${it}`)));
  });

  test('the variables that they read are set by some container', () => {
    const set = workloadsOf(objects).flatMap(({ pod }) =>
      containersOf(pod).flatMap(({ env = [] }) => env.map(({ name }) => name)),
    );
    const read = matching(/^ {2}pipelines:/m).flatMap(([, text]) => variablesOf(text));
    assert.ok(read.length > 0);
    nothing(read.filter((name) => !set.includes(name)));
  });

  test('Fluentd: sections nest, plugins are named, nothing is out of reach', () => {
    const found = matching(/^<(source|match)/m);
    assert.ok(found.length > 0);
    nothing(found.flatMap(([name, text]) => fluentdProblems(text).map((it) => `${name}: ${it}`)));
  });

  test(
    'promtool accepts the configuration and the rules of Prometheus',
    { skip: promtoolMissing() },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'quayside-promtool-'));
      try {
        const [configuration] = matching(/^scrape_configs:/m);
        const [rules] = matching(/^groups:/m);
        assert.ok(configuration && rules);
        const rulesFile = join(folder, 'rules.yaml');
        const file = join(folder, 'prometheus.yaml');
        await writeFile(rulesFile, rules[1]);
        await writeFile(file, portableConfig(configuration[1], rulesFile));
        nothing(await promtool('check', 'config', file));
        nothing(await promtool('check', 'rules', rulesFile));
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );

  test(
    'promtool can parse every query of the dashboards',
    { skip: promtoolMissing() },
    async () => {
      const expressions = matching(/"panels"/).flatMap(([, text]) => dashboardExpressions(text));
      assert.ok(expressions.length > 5);
      const folder = await mkdtemp(join(tmpdir(), 'quayside-promtool-'));
      try {
        const rules = expressions.map(({ expr }, index) => ({ record: `query:${index}`, expr }));
        const file = join(folder, 'queries.json');
        // JSON is YAML.
        await writeFile(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }));
        nothing(await promtool('check', 'rules', '--lint=none', file));
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});

describe('the check of a collector', () => {
  const config = (pipeline: string, more = '') => `
receivers: { otlp: {} }
processors: { memory_limiter: {}, batch: {} }
exporters: { debug: {} }
extensions: { health_check: {} }
service:
  extensions: [health_check]
  pipelines: { ${pipeline} }
${more}`;
  const good =
    'traces: { receivers: [otlp], processors: [memory_limiter, batch], exporters: [debug] }';

  test('lets a good one be', () => {
    assert.deepEqual(collectorProblems(config(good)), []);
  });
  const bad: [string, string, RegExp][] = [
    ['an undeclared exporter', config(good.replace('[debug]', '[jaeger]')), /jaeger, which is not/],
    ['what is never used', config(good.replace(', batch', '')), /batch under processors is used/],
    [
      'a late memory_limiter',
      config(good.replace('memory_limiter, batch', 'batch, memory_limiter')),
      /before/,
    ],
    ['no exporter', config(good.replace('[debug]', '[]')), /has no exporter/],
    ['a made-up signal', config(good.replace('traces', 'events')), /no known signal/],
    ['a missing extension', config(good).replace('[health_check]', '[zpages]'), /zpages, which/],
    ['no pipeline', config(''), /has no pipeline/],
  ];
  for (const [what, text, said] of bad)
    test(`notices ${what}`, () => {
      assert.match(collectorProblems(text).join('\n'), said);
    });

  test('reads which variables are needed', () => {
    assert.deepEqual(variablesOf('a: ${env:ONE}\nb: "${env:TWO:-2}"\nc: ${env:ONE}'), [
      'ONE',
      'TWO',
    ]);
  });
});

describe('the check of Fluentd', () => {
  const source = '<source>\n  @type tail\n  <parse>\n    @type json\n  </parse>\n</source>\n';
  const match = '<match app.**>\n  @type stdout\n</match>\n';

  test('lets a good one be', () => {
    assert.deepEqual(fluentdProblems(source + match), []);
    assert.equal(parseFluentd(source).sections[0]?.sections[0]?.name, 'parse');
  });
  test('notices sections that do not nest', () => {
    assert.throws(
      () => fluentdProblems(source.replace('  </parse>\n', '')),
      /line 5: <\/source> where <parse> is open/,
    );
    assert.throws(() => fluentdProblems('<source>\n  @type tail'), /<source> is never closed/);
  });
  test('notices a plugin without a type, and a parameter that is set twice', () => {
    assert.match(fluentdProblems(match.replace('  @type stdout\n', '')).join(), /has no @type/);
    assert.throws(() => fluentdProblems(match.replace('stdout', 'a\n  @type b')), /set twice/);
  });
  test('notices what no event reaches', () => {
    assert.match(
      fluentdProblems(`${source}${match}<filter app.**>\n  @type grep\n</filter>\n`).join(),
      /nothing reaches <filter/,
    );
    assert.match(fluentdProblems(source + match.replace('app.**', '**') + match).join(), /nothing/);
  });
  test('notices that there is no source', () => {
    assert.match(fluentdProblems(match).join(), /has no source/);
  });
});
