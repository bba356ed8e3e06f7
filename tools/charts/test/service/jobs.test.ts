import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IJobSpec } from 'kubernetes-models/batch/v1/JobSpec';
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import { helmMissing } from '../../src/helm';
import type { Manifest } from '../../src/manifest';
import { BLUE, blueGreen, canary, find, GREEN, namesOf, podOf, rendered } from './service-chart';

const jobPod = (objects: readonly Manifest[], name: string) =>
  (find(objects, 'Job', name).spec as IJobSpec).template.spec!;

const hook = ({ metadata }: Manifest) => metadata.annotations?.['helm.sh/hook'];
const weight = ({ metadata }: Manifest) => Number(metadata.annotations?.['helm.sh/hook-weight']);

describe('the migration', { skip: helmMissing() }, () => {
  test('runs before anything else on install and upgrade, and stays when it fails', async () => {
    const job = find(await rendered('payments'), 'Job', 'payments-migrate');
    assert.equal(hook(job), 'pre-install,pre-upgrade');
    const { annotations } = job.metadata;
    assert.equal(annotations!['helm.sh/hook-delete-policy'], 'before-hook-creation,hook-succeeded');
    assert.equal(annotations!['helm.sh/hook-output-log-policy'], 'hook-failed');
    const { template, activeDeadlineSeconds = 0 } = job.spec as IJobSpec;
    assert.equal(template.spec!.restartPolicy, 'Never');
    assert.ok(activeDeadlineSeconds < 300, "it ends within Helm's own timeout");
  });

  test('uses nothing of the release, which is not there on a first install', async () => {
    const objects = await rendered('payments');
    const pod = jobPod(objects, 'payments-migrate');
    const account = find(objects, 'ServiceAccount', pod.serviceAccountName!);
    assert.ok(hook(account));
    assert.ok(weight(account) < weight(find(objects, 'Job', 'payments-migrate')));
    const policy = find(objects, 'NetworkPolicy', 'payments-migrate');
    assert.ok(hook(policy));
    assert.ok(weight(policy) < 0);
    assert.equal(pod.containers[0]!.envFrom, undefined);
  });

  test("has the owner's credentials, and the service has not", async () => {
    const objects = await rendered('payments');
    const secretsOf = (pod: ReturnType<typeof podOf>) =>
      pod.volumes!.flatMap(({ secret }) => secret?.secretName ?? []);
    assert.deepEqual(secretsOf(jobPod(objects, 'payments-migrate')), ['payments-migration']);
    assert.deepEqual(secretsOf(podOf(objects, 'payments')), ['payments-secrets']);
    const env = jobPod(objects, 'payments-migrate').containers[0]!.env!;
    const valueOf = (name: string) => env.find((variable) => variable.name === name)?.value;
    assert.equal(valueOf('MIGRATION_DATABASE_URL_FILE'), '/etc/quayside/secrets/database-url');
    assert.equal(valueOf('RUNTIME_ROLE'), 'payments_app');
  });

  test('runs with the image of each variant that runs', async () => {
    const images = async (values: object) => {
      const objects = await rendered('payments', { ...values });
      return namesOf(objects, 'Job')
        .filter((name) => name.includes('migrate'))
        .map((name) => [name, jobPod(objects, name).containers[0]!.image]);
    };
    assert.deepEqual(await images(blueGreen()), [
      ['payments-migrate-blue', `ghcr.io/quayside/payments@${BLUE}`],
      ['payments-migrate-green', `ghcr.io/quayside/payments@${GREEN}`],
    ]);
    assert.deepEqual(await images(canary()), [
      ['payments-migrate', 'ghcr.io/quayside/payments:1.2.3'],
      ['payments-migrate-canary', 'ghcr.io/quayside/payments:2.0.0'],
    ]);
  });

  test('reaches its database and nothing else', async () => {
    const policy = find(await rendered('payments'), 'NetworkPolicy', 'payments-migrate');
    const { ingress, egress, policyTypes } = policy.spec as INetworkPolicySpec;
    assert.deepEqual([ingress, policyTypes], [[], ['Ingress', 'Egress']]);
    const ports = egress!.flatMap((rule) => rule.ports!.map(({ port }) => port));
    assert.deepEqual(ports, [53, 53, 5432]);
  });

  test('can be left out', async () => {
    const off = { migration: { enabled: false }, topics: { enabled: false } };
    const objects = await rendered('payments', off);
    assert.deepEqual(namesOf(objects, 'Job'), []);
    assert.deepEqual(namesOf(objects, 'ServiceAccount'), ['payments']);
  });
});

describe('the topics', { skip: helmMissing() }, () => {
  test('are made before the pods where Kafka is ours, without any secret', async () => {
    const objects = await rendered('payments');
    const pod = jobPod(objects, 'payments-topics');
    assert.deepEqual(pod.containers[0]!.args, ['main.js', 'topics']);
    assert.deepEqual(
      pod.volumes!.map(({ name }) => name),
      ['tmp'],
    );
    const production = await rendered('payments', {}, 'production');
    assert.ok(!namesOf(production, 'Job').includes('payments-topics'));
  });
});
