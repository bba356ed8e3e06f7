import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  fakeTools,
  workingHelm,
  workingKind,
  workingKubectl,
  type FakeTools,
  type Walk,
} from './fake-tools';

let tools: FakeTools;
beforeEach(async () => {
  tools = await fakeTools();
});
afterEach(() => tools.remove());

async function addAll(): Promise<void> {
  await tools.add('docker');
  await tools.add('kind', workingKind);
  await tools.add('kubectl', workingKubectl);
  await tools.add('helm', workingHelm);
  await tools.add('skaffold');
}

const callsOf = ({ calls }: Walk, ...words: string[]) =>
  calls.filter((call) => words.every((word) => call.includes(word)));

describe('cluster:up', () => {
  test('makes the cluster and installs what Quayside expects, in the kind context only', async () => {
    await addAll();
    const walk = await tools.run('up');
    assert.equal(walk.status, 0, walk.stderr);
    assert.equal(callsOf(walk, 'kind create cluster --name quayside', 'kind.yaml').length, 1);
    assert.equal(callsOf(walk, 'helm', 'metrics-server', 'kubelet-insecure-tls').length, 1);
    assert.equal(callsOf(walk, 'helm', 'gateway-helm').length, 1);
    assert.equal(callsOf(walk, 'kubectl', 'apply', 'manifests/gateway.yaml').length, 1);
    const cluster = walk.calls.filter((call) => /^(kubectl|helm) /.test(call));
    const elsewhere = cluster.filter((call) => !call.includes('kind-quayside'));
    assert.deepEqual(elsewhere, []);
    assert.match(walk.stdout, /Next: skaffold dev/);
  });

  test('labels the namespace: baseline enforced, restricted warned about', async () => {
    await addAll();
    await tools.run('up');
    const { kind, metadata } = JSON.parse(await tools.applied()) as {
      kind: string;
      metadata: { name: string; labels: Record<string, string> };
    };
    assert.equal(kind, 'Namespace');
    assert.equal(metadata.name, 'quayside');
    assert.equal(metadata.labels['pod-security.kubernetes.io/enforce'], 'baseline');
    assert.equal(metadata.labels['pod-security.kubernetes.io/warn'], 'restricted');
  });

  test('enforces restricted when asked to, and refuses a level that does not exist', async () => {
    await addAll();
    await tools.run('up', '--pod-security', 'restricted');
    assert.match(await tools.applied(), /"pod-security.kubernetes.io\/enforce":"restricted"/);
    const refused = await tools.run('up', '--pod-security', 'none');
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /baseline or restricted, not "none"/);
  });

  test('a second run makes no second cluster and no second metrics-server', async () => {
    await addAll();
    await tools.run('up');
    const walk = await tools.run('up');
    assert.equal(walk.status, 0, walk.stderr);
    assert.equal(callsOf(walk, 'kind create').length, 1);
    assert.equal(callsOf(walk, 'helm', 'metrics-server').length, 1);
    assert.match(walk.stdout, /kind cluster quayside: there already/);
    assert.match(walk.stdout, /metrics-server: there already/);
  });

  for (const name of ['docker', 'kind', 'kubectl', 'helm']) {
    test(`says what ${name} is for and how to get it when it is missing, and touches nothing`, async () => {
      for (const other of ['docker', 'kind', 'kubectl', 'helm', 'skaffold']) {
        if (other !== name) await tools.add(other);
      }
      const walk = await tools.run('up');
      assert.equal(walk.status, 1);
      assert.match(walk.stderr, new RegExp(`${name} +\\w.*needed to make the cluster`));
      assert.match(walk.stderr, /Get it: (brew|https:)/);
      assert.deepEqual(walk.calls, []);
    });
  }

  test('without skaffold the cluster is made, and what is missing is said', async () => {
    await tools.add('docker');
    await tools.add('kind', workingKind);
    await tools.add('kubectl', workingKubectl);
    await tools.add('helm', workingHelm);
    const walk = await tools.run('up');
    assert.equal(walk.status, 0, walk.stderr);
    assert.match(walk.stdout, /skaffold .*needed to run Quayside on it/);
    assert.equal(callsOf(walk, 'kind create').length, 1);
  });

  test('says that the Docker engine does not answer', async () => {
    await addAll();
    await tools.add('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    const walk = await tools.run('up');
    assert.equal(walk.status, 1);
    assert.match(walk.stderr, /engine does not answer: Cannot connect/);
    assert.equal(callsOf(walk, 'kind').length, 0);
  });

  test('a step that fails ends the run with the command and its words', async () => {
    await addAll();
    await tools.add('helm', 'echo "no such chart" >&2; exit 3');
    const walk = await tools.run('up');
    assert.equal(walk.status, 1);
    assert.match(walk.stderr, /helm .*metrics-server[^]*ended with 3: no such chart/);
    assert.equal(callsOf(walk, 'kubectl', 'apply').length, 0);
  });

  test('prepares a local cluster that exists without kind or docker', async () => {
    await tools.add('kubectl', workingKubectl);
    await tools.add('helm', workingHelm);
    await tools.add('skaffold');
    const walk = await tools.run('up', '--context', 'k3d-mine');
    assert.equal(walk.status, 0, walk.stderr);
    assert.equal(callsOf(walk, 'helm --kube-context k3d-mine', 'gateway-helm').length, 1);
  });

  test('never touches a cluster that is not local', async () => {
    await addAll();
    const walk = await tools.run('up', '--context', 'gke_company_europe_production');
    assert.equal(walk.status, 1);
    assert.match(walk.stderr, /does not look like a local cluster/);
    assert.deepEqual(walk.calls, []);
  });
});

describe('cluster:down', () => {
  test('deletes the cluster by its name', async () => {
    await addAll();
    await tools.run('up');
    const walk = await tools.run('down');
    assert.equal(walk.status, 0, walk.stderr);
    assert.deepEqual(walk.calls.slice(-1), ['kind delete cluster --name quayside']);
  });

  test('leaves clusters of other names alone, and says that there is nothing to delete', async () => {
    await tools.add('docker');
    await tools.add('kind', 'case "$1" in get) echo quayside-mine; echo other ;; esac');
    const walk = await tools.run('down');
    assert.equal(walk.status, 0, walk.stderr);
    assert.match(walk.stdout, /nothing to delete/);
    assert.equal(callsOf(walk, 'delete').length, 0);
  });
});

test('an unknown command prints the usage and fails', async () => {
  const walk = await tools.run('sideways');
  assert.equal(walk.status, 2);
  assert.match(walk.stdout, /Usage: npm run cluster:up/);
});
