import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '../../src/helm';
import {
  backendsOf,
  BLUE,
  blueGreen,
  canary,
  deployment,
  GREEN,
  namesOf,
  podOf,
  rendered,
  route,
  rulesOf,
  selectorOf,
  settingsOf,
  track,
} from './service-chart';

const imageOf = (objects: Awaited<ReturnType<typeof rendered>>, name: string) =>
  podOf(objects, name).containers[0]!.image;

describe('release strategies', { skip: helmMissing() }, () => {
  test('rolling: one Deployment, never a pod less than wanted', async () => {
    const objects = await rendered('payments');
    assert.deepEqual(namesOf(objects, 'Deployment'), ['payments']);
    assert.deepEqual(deployment(objects, 'payments').strategy, {
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
    assert.deepEqual(namesOf(objects, 'Service'), [
      'payments',
      'payments-headless',
      'payments-metrics',
    ]);
    assert.deepEqual(selectorOf(objects, 'payments-headless'), track('payments', 'stable'));
  });

  test('blue-green: each colour has image, replicas, settings and budget of its own', async () => {
    const objects = await rendered('payments', blueGreen());
    for (const [color, digest, replicas] of [
      ['blue', BLUE, 2],
      ['green', GREEN, 3],
    ] as const) {
      const name = `payments-${color}`;
      assert.equal(imageOf(objects, name), `ghcr.io/quayside/payments@${digest}`);
      assert.equal(deployment(objects, name).replicas, replicas);
      assert.deepEqual(deployment(objects, name).selector.matchLabels, track('payments', color));
    }
    const both = ['payments-blue', 'payments-green'];
    assert.deepEqual(namesOf(objects, 'Deployment'), both);
    assert.deepEqual(namesOf(objects, 'ConfigMap'), both);
    assert.deepEqual(namesOf(objects, 'PodDisruptionBudget'), both);
  });

  test('blue-green: every name that callers use leads to the active colour, preview to the other', async () => {
    for (const [active, idle] of [
      ['blue', 'green'],
      ['green', 'blue'],
    ] as const) {
      const objects = await rendered('payments', blueGreen({ activeColor: active }));
      for (const name of ['payments', 'payments-headless', 'payments-active']) {
        assert.deepEqual(selectorOf(objects, name), track('payments', active), name);
      }
      assert.deepEqual(selectorOf(objects, 'payments-preview'), track('payments', idle));
    }
  });

  test('blue-green: with consumersIn the switch changes selectors and nothing in the pods', async () => {
    const withBlue = { consumersIn: 'blue' };
    const before = await rendered('payments', blueGreen(withBlue));
    const after = await rendered('payments', blueGreen({ ...withBlue, activeColor: 'green' }));
    for (const kind of ['Deployment', 'ConfigMap', 'PodDisruptionBudget']) {
      const of = (objects: typeof before) => objects.filter((object) => object.kind === kind);
      assert.deepEqual(of(after), of(before), kind);
    }
    assert.notDeepEqual(selectorOf(after, 'payments'), selectorOf(before, 'payments'));
  });

  test('blue-green: consumers run in one colour, the active one unless told otherwise', async () => {
    const consumers = async (more: object) => {
      const objects = await rendered('payments', blueGreen({ ...more }));
      return ['blue', 'green'].map((color) => settingsOf(objects, `payments-${color}`).CONSUMERS);
    };
    assert.deepEqual(await consumers({}), ['on', 'off']);
    assert.deepEqual(await consumers({ activeColor: 'green' }), ['off', 'on']);
    assert.deepEqual(await consumers({ consumersIn: 'green' }), ['off', 'on']);
    assert.deepEqual(await consumers({ consumersIn: 'both' }), ['on', 'on']);
  });

  test('blue-green: a colour without replicas is not there, and nothing points at it', async () => {
    const colors = { blue: { replicas: 2, tag: '1' }, green: { replicas: 0 } };
    const objects = await rendered('gateway', { ...blueGreen({ colors }), httpRoute: route });
    assert.deepEqual(namesOf(objects, 'Deployment'), ['gateway-blue']);
    assert.ok(!namesOf(objects, 'Service').includes('gateway-preview'));
    assert.deepEqual(namesOf(objects, 'HTTPRoute'), ['gateway']);
  });

  test('blue-green: the route leads to the active colour, and the preview has a host name', async () => {
    const httpRoute = { ...route, previewHostnames: ['preview.example'] };
    const objects = await rendered('gateway', { ...blueGreen(), httpRoute });
    assert.deepEqual(backendsOf(objects, 'gateway'), [['gateway-active', undefined]]);
    assert.deepEqual(backendsOf(objects, 'gateway-preview'), [['gateway-preview', undefined]]);
  });

  test('blue-green: overlap and keepRolling lead from rolling to colours without an empty Service', async () => {
    const moving = { overlap: true, keepRolling: true };
    const objects = await rendered('payments', blueGreen(moving));
    assert.deepEqual(namesOf(objects, 'Deployment'), [
      'payments',
      'payments-blue',
      'payments-green',
    ]);
    assert.deepEqual(selectorOf(objects, 'payments'), { 'app.kubernetes.io/name': 'payments' });
    const rolling = await rendered('payments');
    assert.deepEqual(deployment(objects, 'payments'), deployment(rolling, 'payments'));
  });

  test('canary behind a route: weights that sum to 100, and Services that tell the two apart', async () => {
    for (const weight of [0, 10, 50, 100]) {
      const objects = await rendered('gateway', canary({ weight }, { httpRoute: route }));
      assert.deepEqual(backendsOf(objects, 'gateway'), [
        ['gateway', 100 - weight],
        ['gateway-canary', weight],
      ]);
      assert.deepEqual(selectorOf(objects, 'gateway'), track('gateway', 'stable'));
      assert.deepEqual(selectorOf(objects, 'gateway-canary'), track('gateway', 'canary'));
    }
  });

  test('the route limits the time of requests, and of no event stream', async () => {
    const objects = await rendered('gateway', { httpRoute: route });
    const limits = rulesOf(objects, 'gateway').map(({ matches, timeouts }) => [
      matches.map(({ path }) => path.value),
      timeouts.request,
    ]);
    assert.deepEqual(limits, [
      [['/api/v1/events'], '0s'],
      [['/'], '30s'],
    ]);
    const without = await rendered('gateway', { httpRoute: { ...route, streams: [] } });
    assert.equal(rulesOf(without, 'gateway').length, 1);
  });

  test('canary: before and after it there is what rolling makes', async () => {
    const none = await rendered(
      'gateway',
      canary({ replicas: 0, weight: 0 }, { httpRoute: route }),
    );
    assert.deepEqual(none, await rendered('gateway', { httpRoute: route }));
  });

  test('canary of an internal service: its share is its replicas, and its consumers are off', async () => {
    const objects = await rendered('payments', canary());
    const all = { 'app.kubernetes.io/name': 'payments' };
    assert.deepEqual(selectorOf(objects, 'payments-headless'), all);
    assert.ok(!namesOf(objects, 'Service').includes('payments-canary'));
    assert.equal(deployment(objects, 'payments-canary').replicas, 1);
    assert.equal(imageOf(objects, 'payments-canary'), 'ghcr.io/quayside/payments:2.0.0');
    assert.equal(settingsOf(objects, 'payments-canary').CONSUMERS, 'off');
    assert.equal(settingsOf(objects, 'payments').CONSUMERS, 'on');
    const told = await rendered('payments', canary({ consumers: true }));
    assert.equal(settingsOf(told, 'payments-canary').CONSUMERS, 'on');
  });

  test('canary in a mesh: a Service for each weight, and one for the callers', async () => {
    const mesh = { grpc: { balancing: 'mesh' } };
    const objects = await rendered('payments', canary({ weight: 10 }, mesh));
    assert.deepEqual(selectorOf(objects, 'payments-stable'), track('payments', 'stable'));
    assert.deepEqual(selectorOf(objects, 'payments-canary'), track('payments', 'canary'));
    assert.deepEqual(selectorOf(objects, 'payments'), { 'app.kubernetes.io/name': 'payments' });
  });

  test('a variant may have settings of its own', async () => {
    const settings = { IDEMPOTENCY_KEY_HOURS: 72 };
    const objects = await rendered('payments', canary({ settings }));
    assert.equal(settingsOf(objects, 'payments-canary').IDEMPOTENCY_KEY_HOURS, '72');
    assert.equal(settingsOf(objects, 'payments').IDEMPOTENCY_KEY_HOURS, undefined);
  });
});
