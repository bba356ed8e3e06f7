import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '../../src/helm';
import { selects, type Selector } from '../../src/selector';
import { servicesIn } from '../../src/matrix';
import type { Manifest } from '../../src/manifest';
import { workloadsOf, type Workload } from '../../src/workload';
import { find } from '../service/service-chart';
import { beside, refuses, withOverlays } from './overlay';

const PREFIX = 'vault.hashicorp.com/';

/** The files that the agent writes: their template by their path. */
function filesOf({ annotations }: Workload): Record<string, string> {
  const folder = annotations[`${PREFIX}secret-volume-path`]!;
  const names = Object.keys(annotations).flatMap((name) =>
    name.startsWith(`${PREFIX}agent-inject-secret-`)
      ? [name.slice(`${PREFIX}agent-inject-secret-`.length)]
      : [],
  );
  return Object.fromEntries(
    names.map((name) => [
      `${folder}/${name}`,
      annotations[`${PREFIX}agent-inject-template-${name}`]!,
    ]),
  );
}

/** The files that the container is told to read. */
const filesRead = ({ pod }: Workload) =>
  pod.containers[0]!.env!.flatMap(({ name, value = '' }) => (name.endsWith('_FILE') ? [value] : []))
    .filter((path) => path.startsWith('/etc/quayside/secrets'))
    .sort();

const workload = (objects: readonly Manifest[], kind: string) =>
  workloadsOf(objects).find(({ manifest }) => manifest.kind === kind)!;

describe('vault', { skip: helmMissing() }, () => {
  for (const kind of ['Deployment', 'Job']) {
    test(`writes what the ${kind} of every service reads, and no Secret is mounted for it`, async () => {
      for (const service of servicesIn('production')) {
        const before = workload(await withOverlays(service, []), kind);
        const after = workload(await withOverlays(service, ['vault']), kind);
        assert.deepEqual(Object.keys(filesOf(after)).sort(), filesRead(before));
        assert.deepEqual(filesRead(after), filesRead(before));
        const secrets = after.pod.volumes!.filter(({ name }) => name === 'secrets');
        assert.deepEqual(secrets, []);
      }
    });
  }

  test('the templates are whole, and ask for the secret of this service only', async () => {
    const objects = await withOverlays('payments', ['vault']);
    assert.deepEqual(filesOf(workload(objects, 'Deployment')), {
      '/etc/quayside/secrets/database-url':
        '{{ with secret "quayside/data/payments" }}{{ index .Data.data "database-url" }}{{ end }}',
      '/etc/quayside/secrets/service-token-secret':
        '{{ with secret "quayside/data/service-token" }}{{ .Data.data.value }}{{ end }}',
    });
    assert.deepEqual(filesOf(workload(objects, 'Job')), {
      '/etc/quayside/secrets/database-url':
        '{{ with secret "quayside/data/payments-migration" }}{{ index .Data.data "database-url" }}{{ end }}',
    });
  });

  test('each has a role of its own, called like its ServiceAccount', async () => {
    const objects = await withOverlays('payments', ['vault']);
    for (const kind of ['Deployment', 'Job']) {
      const { annotations, pod } = workload(objects, kind);
      assert.equal(annotations[`${PREFIX}role`], pod.serviceAccountName);
    }
  });

  test('the agent has a token for Vault alone; nothing else in the pod mounts it', async () => {
    const objects = await withOverlays('payments', ['vault']);
    for (const kind of ['Deployment', 'Job']) {
      const { annotations, pod } = workload(objects, kind);
      assert.equal(pod.automountServiceAccountToken, false);
      const name = annotations[`${PREFIX}agent-service-account-token-volume-name`];
      const volume = pod.volumes!.find((each) => each.name === name)!;
      assert.equal(volume.projected!.sources![0]!.serviceAccountToken!.audience, 'vault');
      assert.equal(volume.projected!.defaultMode, 0o440);
      assert.deepEqual(
        pod.containers.flatMap(({ volumeMounts = [] }) =>
          volumeMounts.filter((mount) => mount.name === name),
        ),
        [],
      );
    }
  });

  test('a Job ends: nothing is left running in its pod', async () => {
    const { annotations } = workload(await withOverlays('payments', ['vault']), 'Job');
    assert.equal(annotations[`${PREFIX}agent-pre-populate-only`], 'true');
  });

  test('both kinds of pods, and no others, may reach Vault', async () => {
    const policy = find(await beside('vault'), 'NetworkPolicy', 'payments-vault');
    const { podSelector, egress } = policy.spec as { podSelector: Selector; egress: unknown[] };
    const objects = await withOverlays('payments', ['vault'], {
      topics: { enabled: true },
      kafka: { tls: { enabled: false } },
    });
    const reached = workloadsOf(objects).filter(({ labels }) => selects(podSelector, labels));
    assert.deepEqual(
      reached.map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`).sort(),
      ['Deployment/payments', 'Job/payments-migrate'],
    );
    assert.match(JSON.stringify(egress), /"kubernetes.io\/metadata.name":"vault".*"port":8200/);
  });

  test('of a Vault outside of the cluster by its address', async () => {
    const policy = find(
      await beside('vault', { cidr: '192.0.2.10/32' }),
      'NetworkPolicy',
      'payments-vault',
    );
    assert.match(JSON.stringify(policy.spec), /"ipBlock":\{"cidr":"192\.0\.2\.10\/32"\}/);
    await refuses('vault', { cidr: 'vault.example.com' }, /cidr/);
  });
});
