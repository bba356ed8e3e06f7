import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IVerticalPodAutoscaler } from '@kubernetes-models/autoscaler/autoscaling.k8s.io/v1/VerticalPodAutoscaler';
import { helmMissing } from '../../src/helm';
import { deployment, find } from '../service/service-chart';
import { renderInCluster } from './cluster-api';
import { beside, folderOf, refuses, withOverlays } from './overlay';

const vpa = async (values: object) =>
  find(await beside('vpa', { service: 'payments', ...values }), 'VerticalPodAutoscaler', 'payments')
    .spec as IVerticalPodAutoscaler['spec'];

describe('vpa', { skip: helmMissing() }, () => {
  test('recommends, unless it is told to apply', async () => {
    assert.equal((await vpa({})).updatePolicy?.updateMode, 'Off');
    assert.equal((await vpa({ mode: 'apply' })).updatePolicy?.updateMode, 'Recreate');
  });

  test('looks at the Deployment and at the container that the release of the service has', async () => {
    const { targetRef, resourcePolicy } = await vpa({});
    const payments = deployment(await withOverlays('payments', []), 'payments');
    assert.deepEqual(targetRef, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' });
    const [own, others] = resourcePolicy!.containerPolicies!;
    assert.equal(own!.containerName, payments.template.spec!.containers[0]!.name);
    assert.deepEqual([others!.containerName, others!.mode], ['*', 'Off']);
  });

  test('leaves limits alone and stays below those of the chart: the heap is made for them', async () => {
    const [own] = (await vpa({})).resourcePolicy!.containerPolicies!;
    assert.equal(own!.controlledValues, 'RequestsOnly');
    const payments = deployment(await withOverlays('payments', []), 'payments');
    const { limits } = payments.template.spec!.containers[0]!.resources!;
    assert.equal(own!.maxAllowed!.memory, limits!.memory);
  });

  describe('beside an HPA', () => {
    const target = { kind: 'Deployment', name: 'payments' };
    const install = (resources: string[], ...sets: string[]) =>
      renderInCluster(
        [{ name: 'payments', target, resources }],
        [folderOf('vpa'), ...['service=payments', ...sets].flatMap((set) => ['--set', set])],
      );

    test('it does not apply what the HPA scales by', async () => {
      const { exitCode, stderr } = await install(['cpu', 'memory'], 'mode=apply');
      assert.equal(exitCode, 1);
      assert.match(stderr, /payments scales payments by memory: leave memory out of resources/);
    });

    test('it applies the other resource, and recommends both', async () => {
      const results = [
        await install(['cpu'], 'mode=apply'),
        await install(['memory'], 'resources={cpu,memory}'),
      ];
      for (const { exitCode, stderr } of results) assert.equal(exitCode, 0, stderr);
    });
  });

  test('refuses what cannot work', async () => {
    await refuses('vpa', { service: 'payments', mode: 'auto' }, /mode/);
    await refuses('vpa', { service: 'payments', resources: [] }, /resources/);
  });
});
