import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { helmMissing, render } from '@quayside/charts';
import { parse } from 'yaml';
import { replicasOf, servicesOf } from '../src/plan';
import { changeYaml, releasePath, runningImage, type ReleaseValues } from '../src/release-file';
import { stepsOf, type Step } from '../src/strategies';

const root = resolve(import.meta.dirname, '../../..');
const image = { tag: 'c'.repeat(40), digest: `sha256:${'d'.repeat(64)}` };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-release-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const committed = (environment: string, service: string) =>
  readFile(releasePath(root, environment, service), 'utf8');

/** The steps of a release, each with the text of the release file after it. */
async function walk(environment: string, service: string) {
  let text = await committed(environment, service);
  const replicas = await replicasOf(root, environment);
  return stepsOf(parse(text) as ReleaseValues, image, replicas).map((step) => {
    text = changeYaml(text, step.changes);
    return { step, text };
  });
}

interface Deployment {
  metadata: { name: string };
  spec: { template: { metadata: { labels: Record<string, string> } } };
}

interface Service {
  metadata: { name: string };
  spec: { selector: Record<string, string> };
}

/** What the chart makes of a release file: helm's own refusals are errors here. */
async function rendered(environment: string, service: string, text: string, index: number) {
  const file = join(folder, `${environment}-${service}-${index}.yaml`);
  await writeFile(file, text);
  const values = [
    'helm/call-graph.yaml',
    `helm/values/${service}.yaml`,
    `helm/values/env/${environment}.yaml`,
    file,
  ];
  const manifests = await render({ chart: 'service', release: service, values });
  const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  return {
    deployments: ofKind('Deployment') as unknown as Deployment[],
    services: ofKind('Service') as unknown as Service[],
  };
}

/** Tracks of the Deployments that the Service of the release's own name leads to. */
function tracksWithTraffic(
  service: string,
  { deployments, services }: Awaited<ReturnType<typeof rendered>>,
): (string | undefined)[] {
  const selector = Object.entries(
    services.find(({ metadata }) => metadata.name === service)?.spec.selector ?? {},
  );
  assert.ok(selector.length > 0, `${service} has no Service with a selector`);
  return deployments
    .map((deployment) => deployment.spec.template.metadata.labels)
    .filter((labels) => selector.every(([key, value]) => labels[key] === value))
    .map((labels) => labels['quayside.dev/track']);
}

const names = (steps: { step: Step }[]) => steps.map(({ step }) => step.name);

for (const environment of ['staging', 'production']) {
  describe(environment, () => {
    test('every release ends with the new image, the strategy it had and its comments', async () => {
      for (const service of await servicesOf(root, environment)) {
        const text = await committed(environment, service);
        const before = parse(text) as ReleaseValues;
        const last = (await walk(environment, service)).at(-1)?.text ?? '';
        const values = parse(last) as ReleaseValues;
        const { tag, digest } = runningImage(values);
        assert.deepEqual({ tag, digest }, image, service);
        assert.equal(values.release?.strategy, before.release?.strategy, service);
        assert.equal(last.split('\n')[0], text.split('\n')[0]);
      }
    });

    test(
      'the chart takes every step, and at every step somebody has the traffic',
      { skip: helmMissing() },
      async () => {
        for (const service of await servicesOf(root, environment)) {
          const steps = await walk(environment, service);
          for (const [index, { step, text }] of steps.entries()) {
            const chart = await rendered(environment, service, text, index);
            const tracks = tracksWithTraffic(service, chart);
            assert.ok(tracks.length > 0, `${service}: nobody has the traffic at "${step.name}"`);
            for (const track of [step.starts, step.watches]) {
              const exists = chart.deployments.some(
                ({ spec }) => spec.template.metadata.labels['quayside.dev/track'] === track,
              );
              assert.ok(
                track === undefined || exists,
                `${service}: "${step.name}" has no ${track}`,
              );
            }
          }
          const last = await rendered(environment, service, steps.at(-1)?.text ?? '', steps.length);
          assert.equal(last.deployments.length, 1, `${service} ends with one Deployment`);
          assert.match(JSON.stringify(last.deployments), new RegExp(image.digest));
        }
      },
    );
  });
}

const file = (release: ReleaseValues['release'], more: ReleaseValues = {}): ReleaseValues => ({
  ...more,
  release,
});

test('blue-green: the traffic moves once the other colour runs, consumers after it, the old colour last', () => {
  const values = file({
    strategy: 'blueGreen',
    activeColor: 'green',
    colors: { green: { replicas: 4, tag: 'old' }, blue: { replicas: 0 } },
  });
  const steps = stepsOf(values, image, 2);
  assert.deepEqual(names(steps.map((step) => ({ step }))), [
    'start blue beside green',
    'give blue the traffic',
    'let blue consume events',
    'end green',
  ]);
  const [start, move] = steps;
  assert.deepEqual(
    start?.changes.filter(([path]) => path.includes('replicas')),
    [[['release', 'colors', 'blue', 'replicas'], 4]],
  );
  // Nothing but the selector: no pod is restarted by the switch.
  assert.deepEqual(move?.changes, [[['release', 'activeColor'], 'blue']]);
});

test('canary: weights grow, and replicas with them', () => {
  const steps = stepsOf(file({ strategy: 'canary', canary: { replicas: 0, weight: 0 } }), image, 3);
  const value = (key: string) =>
    steps.map(({ changes }) => changes.find(([path]) => path.at(-1) === key)?.[1]);
  assert.deepEqual(value('weight'), [0, 10, 50, 100, undefined, 0, undefined]);
  assert.deepEqual(value('replicas'), [1, 1, 2, 3, undefined, undefined, 0]);
});

test('canary without a weight: its replicas are its share', () => {
  const steps = stepsOf(file({ strategy: 'canary', canary: { replicas: 0 } }), image, 3);
  assert.deepEqual(names(steps.map((step) => ({ step }))), [
    'start the canary',
    'replace the stable pods',
    'end the canary',
  ]);
  assert.ok(steps.every(({ changes }) => changes.every(([path]) => !path.includes('weight'))));
});
