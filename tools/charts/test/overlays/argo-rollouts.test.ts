import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import { helmMissing } from '../../src/helm';
import { inRepository } from '../../src/repository';
import { deployment, find, namesOf, settingsOf } from '../service/service-chart';
import { renderInCluster } from './cluster-api';
import { beside, folderOf, refuses, withOverlays } from './overlay';

const rollout = async (values: object = {}) =>
  find(await beside('argo-rollouts', { service: 'payments', ...values }), 'Rollout', 'payments')
    .spec as IRollout['spec'];

const metric = async (values: object = {}) => {
  const objects = await beside('argo-rollouts', { service: 'payments', ...values });
  const { metrics } = find(objects, 'AnalysisTemplate', 'payments-errors')
    .spec as IAnalysisTemplate['spec'];
  return metrics[0]!;
};

describe('argo-rollouts', { skip: helmMissing() }, () => {
  test('takes its pods from the Deployment of the release, and has its selector', async () => {
    const { workloadRef, selector } = await rollout();
    const payments = deployment(await withOverlays('payments', ['argo-rollouts']), 'payments');
    assert.equal(workloadRef?.kind, 'Deployment');
    assert.equal(workloadRef.name, 'payments');
    assert.deepEqual(selector, payments.selector);
  });

  test('the release renders neither an HPA nor a number: the Deployment is scaled to 0', async () => {
    const objects = await withOverlays('payments', ['argo-rollouts']);
    assert.equal(deployment(objects, 'payments').replicas, undefined);
    assert.deepEqual(namesOf(objects, 'HorizontalPodAutoscaler'), []);
  });

  test('canary: each share is watched, and judged from the first on; never a pod too few', async () => {
    const { canary } = (await rollout({ canary: { weights: [10, 50], pauseSeconds: 60 } }))
      .strategy!;
    assert.deepEqual(canary!.steps, [
      { setWeight: 10 },
      { pause: { duration: '60s' } },
      { setWeight: 50 },
      { pause: { duration: '60s' } },
    ]);
    assert.equal(canary!.maxUnavailable, 0);
    assert.equal(canary!.analysis!.startingStep, 1);
    assert.deepEqual(canary!.analysis!.templates, [{ templateName: 'payments-errors' }]);
  });

  test('blueGreen: switches the Service that callers use, and judges after the switch', async () => {
    const { blueGreen } = (await rollout({ strategy: 'blueGreen' })).strategy!;
    const gateway = settingsOf(await withOverlays('gateway', ['argo-rollouts']), 'gateway');
    const called = gateway.PAYMENTS_ADDRESS!.replace('dns:///', '').split('.')[0];
    assert.equal(blueGreen!.activeService, called);
    assert.deepEqual(blueGreen!.postPromotionAnalysis!.templates, [
      { templateName: 'payments-errors' },
    ]);
    const preview = find(
      await beside('argo-rollouts', { service: 'payments', strategy: 'blueGreen' }),
      'Service',
      blueGreen!.previewService!,
    );
    const { selector, ports } = preview.spec as {
      selector: object;
      ports: { port: number; targetPort: string }[];
    };
    const payments = deployment(await withOverlays('payments', ['argo-rollouts']), 'payments');
    assert.deepEqual(selector, payments.selector.matchLabels);
    const container = payments.template.spec!.containers[0]!;
    const port = container.ports!.find(({ name }) => name === ports[0]!.targetPort)!;
    assert.equal(port.containerPort, ports[0]!.port);
  });

  test('blueGreen: the old pods stay longer than connections live', async () => {
    const { blueGreen } = (await rollout({ strategy: 'blueGreen' })).strategy!;
    const settings = settingsOf(await withOverlays('payments', ['argo-rollouts']), 'payments');
    const age = Number(settings.GRPC_MAX_CONNECTION_AGE_MS) * 1.1;
    const seconds = (age + Number(settings.GRPC_MAX_CONNECTION_AGE_GRACE_MS)) / 1000;
    assert.ok(blueGreen!.scaleDownDelaySeconds! > seconds);
  });

  test('counts as errors of the new pods what the alerts count', async () => {
    const alerts = readFileSync(
      inRepository('helm/charts/observability-local/files/prometheus/rules.yaml'),
      'utf8',
    );
    for (const [serves, counter] of [
      ['grpc', 'rpc_server_duration_seconds_count'],
      ['http', 'http_server_request_duration_seconds_count'],
    ]) {
      const { query } = (await metric({ serves })).provider.prometheus!;
      const [numerator, denominator] = query!.split('\n');
      const filter = /,([a-z_]+=~"[^"]+")\}/.exec(numerator!)![1]!;
      assert.ok(alerts.includes(`${counter}{${filter}}`), filter);
      for (const part of [numerator, denominator])
        assert.ok(part!.includes(`${counter}{pod=~"payments-{{args.hash}}-.*"`), part);
    }
  });

  test('no answers at all are neither good nor bad', async () => {
    const { successCondition, failureCondition } = await metric({
      analysis: { maxErrorRatio: 0.02 },
    });
    const known = 'len(result) > 0 && !isNaN(result[0])';
    assert.equal(successCondition, `${known} && result[0] <= 0.02`);
    assert.equal(failureCondition, `${known} && result[0] > 0.02`);
  });

  test('judging ends by itself after a switch; beside a canary it goes on', async () => {
    assert.equal((await metric({ strategy: 'blueGreen' })).count, 6);
    assert.equal((await metric()).count, undefined);
  });

  test('an HPA scales the Rollout, which then says no number', async () => {
    const autoscaling = { maxReplicas: 6 };
    const objects = await beside('argo-rollouts', { service: 'payments', autoscaling });
    const { scaleTargetRef } = find(objects, 'HorizontalPodAutoscaler', 'payments-rollout')
      .spec as { scaleTargetRef: object };
    const { apiVersion } = find(objects, 'Rollout', 'payments');
    assert.deepEqual(scaleTargetRef, { apiVersion, kind: 'Rollout', name: 'payments' });
    assert.equal((await rollout({ autoscaling })).replicas, undefined);
    assert.equal((await rollout()).replicas, 3);
  });

  test('refuses to stand beside an HPA of the Deployment', async () => {
    const target = { kind: 'Deployment', name: 'payments' };
    const args = [folderOf('argo-rollouts'), '--set', 'service=payments'];
    const beside = await renderInCluster([{ name: 'payments', target }], args);
    assert.equal(beside.exitCode, 1);
    assert.match(beside.stderr, /scales the Deployment payments, which the Rollout replaces/);
    const own = { name: 'payments-rollout', target: { kind: 'Rollout', name: 'payments' } };
    const again = await renderInCluster([own], args);
    assert.equal(again.exitCode, 0, again.stderr);
  });

  test('refuses what cannot work', async () => {
    await refuses(
      'argo-rollouts',
      { service: 'payments', release: { strategy: 'blueGreen' } },
      /has the strategy blueGreen, and Argo Rollouts brings its own/,
    );
    const autoscaling = { maxReplicas: 3 };
    await refuses('argo-rollouts', { service: 'payments', autoscaling }, /nothing to scale/);
    await refuses('argo-rollouts', { service: 'payments', canary: { weights: [100] } }, /weights/);
  });
});
