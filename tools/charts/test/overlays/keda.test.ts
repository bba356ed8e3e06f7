import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { allTopics } from '@quayside/contracts';
import { helmMissing } from '../../src/helm';
import { deployment, find, namesOf } from '../service/service-chart';
import { renderInCluster } from './cluster-api';
import { beside, folderOf, refuses, withOverlays } from './overlay';

const requests = { service: 'payments', prometheus: { threshold: 50 } };
const lag = { service: 'payments', kafka: { lagThreshold: 200 } };

const scaledObject = async (values: object) =>
  find(await beside('keda', { ...values }), 'ScaledObject', 'payments')
    .spec as IScaledObject['spec'];

describe('keda', { skip: helmMissing() }, () => {
  test('scales the Deployment of the service by requests', async () => {
    const { scaleTargetRef, minReplicaCount, maxReplicaCount, triggers, fallback } =
      await scaledObject(requests);
    assert.deepEqual(scaleTargetRef, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'payments',
    });
    assert.deepEqual([minReplicaCount, maxReplicaCount, fallback?.replicas], [2, 6, 3]);
    assert.equal(triggers.length, 1);
    const { type, metadata } = triggers[0]!;
    assert.equal(type, 'prometheus');
    assert.match(String(metadata.query), /pod=~"payments-\.\*"/);
    // The two counters, as libs/http and libs/rpc call them.
    assert.match(
      String(metadata.query),
      /\(http_server_request\|rpc_server\)_duration_seconds_count/,
    );
    assert.equal(metadata.threshold, '50');
  });

  test('scales by the lag of the consumer group of the service, and may reach Kafka', async () => {
    const { triggers } = await scaledObject(lag);
    assert.deepEqual(
      triggers.map(({ type, metadata }) => [type, metadata.consumerGroup, metadata.lagThreshold]),
      [['kafka', 'payments', '200']],
    );
    const policy = find(await beside('keda', lag), 'NetworkPolicy', 'payments-keda-kafka');
    assert.match(JSON.stringify(policy.spec), /"port":9092/);
    assert.deepEqual(namesOf(await beside('keda', requests), 'NetworkPolicy'), []);
  });

  test('with TLS it is the service, by the Secrets of its release', async () => {
    const kafka = { lagThreshold: 200, tls: true, brokers: 'quayside-kafka-bootstrap:9093' };
    const objects = await beside('keda', { service: 'payments', kafka });
    const { secretTargetRef } = find(objects, 'TriggerAuthentication', 'payments-kafka').spec as {
      secretTargetRef: { parameter: string; name: string; key: string }[];
    };
    const volume = deployment(
      await withOverlays('payments', ['keda']),
      'payments',
    ).template.spec!.volumes!.find(({ name }) => name === 'kafka')!;
    const mounted = volume.projected!.sources!.flatMap(({ secret }) =>
      secret!.items!.map(({ key }) => `${secret!.name} ${key}`),
    );
    assert.deepEqual(
      secretTargetRef.map(({ name, key }) => `${name} ${key}`).sort(),
      mounted.sort(),
    );
  });

  test('the lag is of one topic where one is named, else of all', async () => {
    const topic = allTopics()[0]!.name;
    const named = await scaledObject({ service: 'payments', kafka: { lagThreshold: 1, topic } });
    assert.equal(named.triggers[0]!.metadata.topic, topic);
    assert.equal((await scaledObject(lag)).triggers[0]!.metadata.topic, undefined);
  });

  test('the release it stands beside renders neither an HPA nor a number', async () => {
    const objects = await withOverlays('payments', ['keda']);
    assert.deepEqual(namesOf(objects, 'HorizontalPodAutoscaler'), []);
    assert.equal(deployment(objects, 'payments').replicas, undefined);
    const without = await withOverlays('payments', []);
    assert.deepEqual(namesOf(without, 'HorizontalPodAutoscaler'), ['payments']);
  });

  describe('beside an HPA', () => {
    const args = [folderOf('keda'), '--set', 'service=payments,prometheus.threshold=50'];
    const hpa = { name: 'payments', target: { kind: 'Deployment', name: 'payments' } };

    test('it refuses to be installed, and says what to do', async () => {
      const { exitCode, stderr } = await renderInCluster([hpa], args);
      assert.equal(exitCode, 1);
      assert.match(
        stderr,
        /HorizontalPodAutoscaler payments scales payments already.*-f helm\/overlays\/keda\/service-values\.yaml/,
      );
    });

    test('of another service, or that KEDA made for it, it is installed', async () => {
      const others = [
        { name: 'users', target: { kind: 'Deployment', name: 'users' } },
        { ...hpa, name: 'keda-hpa-payments' },
      ];
      const { exitCode, stdout, stderr } = await renderInCluster(others, args);
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /kind: ScaledObject/);
    });
  });

  test('refuses what cannot work', async () => {
    await refuses(
      'keda',
      { service: 'payments' },
      /nothing to scale by: set prometheus\.threshold/,
    );
    await refuses('keda', { ...lag, minReplicas: 6 }, /maxReplicas is 6 and minReplicas is 6/);
    await refuses('keda', { ...lag, kafka: { lagThreshold: 1, brokers: 'kafka' } }, /brokers/);
  });
});
