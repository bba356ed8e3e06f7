import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Installation } from '../src/installation';
import type { Manifest } from '../src/manifest';
import { brokenReleases } from '../src/releases';

const NODE = 'app.kubernetes.io/name';
const TRACK = 'quayside.dev/track';

const variant = (track: string, consumers: string): Manifest[] => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: track },
    data: { KAFKA_BROKERS: 'kafka:9092', CONSUMERS: consumers },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: track },
    spec: {
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels: { [NODE]: 'till', [TRACK]: track } },
        spec: { containers: [{ name: 'till', envFrom: [{ configMapRef: { name: track } }] }] },
      },
    },
  },
];

const service = (name: string, track?: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { [NODE]: 'till', ...(track && { [TRACK]: track }) } },
});

interface Wiring {
  main?: string;
  active?: string;
  preview?: string;
  green?: string;
}

function problems(
  { main, active = 'blue', preview = 'green', green = 'off' }: Wiring,
  form?: Installation['form'],
) {
  const objects = [
    ...variant('blue', 'on'),
    ...variant('green', green),
    service('till', main),
    service('till-active', active),
    service('till-preview', preview),
  ];
  return brokenReleases({ name: 'a', environment: 'ci', form, objects, operated: [] }).map(
    ({ message }) => message,
  );
}

const form = (expect: object) => ({ name: 'f', environments: [], values: {}, expect });

test('one colour is active, the other in preview', () => {
  assert.deepEqual(problems({ main: 'blue' }), []);
});

test('a Service that leads to both colours', () => {
  const said = problems({});
  assert.match(said.join('\n'), /main Service leads to 2 tracks: blue, green/);
  assert.deepEqual(problems({ active: undefined, preview: 'green' }, form({ overlap: true })), [
    'its active Service leads elsewhere than the main one',
  ]);
});

test('Services that do not agree which colour is active', () => {
  assert.deepEqual(problems({ main: 'blue', active: 'green', preview: 'blue' }), [
    'its active Service leads elsewhere than the main one',
    'its preview is the active colour',
  ]);
});

test('two colours that consume the same events', () => {
  assert.deepEqual(problems({ main: 'blue', green: 'on' }), [
    '2 of its variants consume events: blue, green',
  ]);
  assert.deepEqual(problems({ main: 'blue', green: 'on' }, form({ consuming: { till: 2 } })), []);
});
