import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '@quayside/charts';
import { install } from '../install';
import { runStep } from '../runner';
import type { Step } from '../step';
import { steps } from '../steps';
import { simulateCluster } from './simulated';

const skip = helmMissing();
const named = (name: string) => steps.find((step) => step.name.includes(name))!;

async function installed() {
  const cluster = simulateCluster();
  await install(cluster.world.kubectl, cluster.world.releases, () => undefined);
  return cluster;
}

async function run(name: string) {
  const cluster = await installed();
  return { ...cluster, result: await runStep(named(name), cluster.world) };
}

describe('the steps of test:cluster, on a cluster of paper', { skip }, () => {
  const simple = [
    'update of gateway',
    'rollback',
    'kill of a payments pod',
    'pod of auth',
    'endless loop',
  ];
  test('the card processor is installed beside the services, before payments and with one pod', async () => {
    const { installed: releases, world } = await installed();
    const names = [...releases.keys()];
    assert.ok(names.indexOf('card-processor') < names.indexOf('payments'), names.join());
    const pods = await world.kubectl.pods('app.kubernetes.io/name=card-processor');
    assert.equal(pods.length, 1);
  });

  for (const name of simple) {
    test(`${name} does what it says`, async () => {
      const { result } = await run(name);
      assert.deepEqual([result.outcome, result.faults], ['passed', []]);
    });
  }

  test('a migration that fails stops the update, and the next one goes through', async () => {
    const cluster = await installed();
    const result = await runStep(named('migration'), cluster.world);
    assert.deepEqual([result.outcome, result.faults], ['passed', []]);
    assert.match(result.notes.join(), /helm names the Job, and the Job's log says why/);
    const jobs = JSON.stringify(cluster.installed.get('users'));
    assert.ok(jobs.includes('users_app') && !jobs.includes('nobody_here'));
  });

  test('an update that goes on without its migration is told', async () => {
    const cluster = await installed();
    const { change } = cluster.world.releases;
    cluster.world.releases.change = (service, values) =>
      change(service, { ...values, 'migration.runtimeRole': '' });
    const result = await runStep(named('migration'), cluster.world);
    assert.equal(result.outcome, 'failed');
    assert.match(result.faults.join(), /for a success.*pods were replaced/);
  });

  test('blue-green moves the calls there and back, and leaves what it found', async () => {
    const cluster = await installed();
    const before = cluster.installed.get('payments');
    const result = await runStep(named('blue-green'), cluster.world);
    assert.deepEqual([result.outcome, result.faults], ['passed', []]);
    assert.match(result.notes.join(), /all calls in green \d+ s after the switch/);
    assert.deepEqual(cluster.installed.get('payments'), before);
    assert.ok(cluster.commands.some((command) => command.includes('activeColor=green')));
    // The release before in blue, the next one in green: two tags make it a test of both on one schema.
    for (const tag of ['blue.tag=one', 'green.tag=two']) {
      assert.ok(
        cluster.commands.some((command) => command.includes(`release.colors.${tag}`)),
        tag,
      );
    }
  });

  test('the canary’s weights are compared with the share that it gets, and all is put back', async () => {
    const cluster = await installed();
    const before = cluster.installed.get('gateway');
    const result = await runStep(named('canary'), cluster.world);
    assert.deepEqual([result.outcome, result.faults], ['passed', []]);
    assert.match(
      result.notes.join(),
      /10 %: 10\.0 % of 1800 .*50 %: 50\.0 %.*100 %: 100\.0 %.*0 %/,
    );
    assert.deepEqual(cluster.installed.get('gateway'), before);
    assert.deepEqual(cluster.rates, [0, cluster.world.settings.perSecond]);
  });

  test('a canary whose weight has no effect is told', async () => {
    const cluster = await installed();
    const { change } = cluster.world.releases;
    cluster.world.releases.change = (service, values) =>
      change(service, values['release.canary.weight'] === 10 ? {} : values);
    const result = await runStep(named('canary'), cluster.world);
    assert.equal(result.outcome, 'failed');
    assert.match(result.faults.join(), /share is not 10 %: 10 %: 0\.0 %/);
  });

  test('an HPA is asked for, with more load and then less', async () => {
    const cluster = await installed();
    // Paper does not scale: what was waited for never comes, and that is told.
    const pods = cluster.world.kubectl.pods;
    let asked = 0;
    cluster.world.kubectl.pods = async (selector) => {
      const found = await pods(selector);
      asked += 1;
      // Not calm at first, then for long enough, then more.
      return [1, 47].includes(asked) ? [...found, ...found] : found;
    };
    const result = await runStep(named('HPA'), cluster.world);
    assert.deepEqual([result.outcome, result.faults], ['passed', []]);
    const kinds = cluster.installed.get('payments')?.map(({ kind }) => kind);
    assert.ok(kinds?.includes('HorizontalPodAutoscaler'));
    assert.deepEqual(cluster.rates, [3, 120, 3, 30]);
  });
});

describe('a step', () => {
  const { world } = simulateCluster();
  const failing = { requests: 100, failed: 3, recoveryMs: 900, p50Ms: 1, p99Ms: 2, maxMs: 3 };
  const failures = [{ atMs: 1, kind: 'payment', status: 503 }];
  const loads = (count: number) => {
    let cuts = 0;
    const cut = async () => {
      cuts += 1;
      const calm = await world.load.cut();
      return cuts > 1 && cuts <= 1 + count ? { ...calm, ...failing, failures } : calm;
    };
    return { ...world, load: { ...world.load, cut } };
  };
  const step = (planned: boolean, more: Partial<Step> = {}): Step => ({
    name: 'it',
    planned,
    run: () => Promise.resolve({}),
    ...more,
  });

  test('that was planned may cost no request', async () => {
    const { outcome, faults, failed, notes } = await runStep(step(true), loads(1));
    assert.deepEqual([outcome, faults, failed], ['failed', ['3 requests failed'], 3]);
    assert.deepEqual(notes, ['1 x payment: answered 503']);
  });

  test('that is an accident may, when the system recovers', async () => {
    const { outcome, failed, recoveryMs } = await runStep(step(false), loads(3));
    assert.deepEqual([outcome, failed, recoveryMs], ['passed', 3, 900]);
    const never = await runStep(step(false), loads(Infinity));
    assert.deepEqual(
      [never.outcome, never.faults],
      ['failed', ['requests still fail 120 s later']],
    );
  });

  test('that cannot be done here is skipped by name, one that breaks off is a failure', async () => {
    const unable = () => Promise.resolve('one node');
    const skipped = await runStep(step(true, { unable }), world);
    assert.deepEqual([skipped.outcome, skipped.notes], ['skipped', ['one node']]);
    const broken = { run: () => Promise.reject(new Error('helm said no')) };
    const result = await runStep(step(true, broken), world);
    assert.deepEqual([result.outcome, result.faults], ['failed', ['helm said no']]);
  });
});
