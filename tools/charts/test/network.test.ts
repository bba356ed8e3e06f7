import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Installation } from '../src/installation';
import type { Manifest } from '../src/manifest';
import { callGraphOf, type CallGraph } from '../src/network/call-graph';
import { services } from '../src/matrix';
import { reachability } from '../src/network/reachability';
import { inRepository, isInRepository } from '../src/repository';
import { readYaml, type Values } from '../src/values';

const graph: CallGraph = {
  adminPort: 9464,
  nodes: {
    till: { port: 8080, calls: ['ledger', 'dns', 'bank'] },
    ledger: { port: 5432 },
    dns: {
      port: 53,
      protocols: ['UDP', 'TCP'],
      at: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
    },
    bank: { port: 443, at: [{ ipBlock: { cidr: '198.51.100.0/24' } }] },
    prometheus: {
      scrapes: ['till'],
      at: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'metrics' } } }],
    },
  },
};

const named = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

const pod = (name: string, ports: Record<string, number>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { 'app.kubernetes.io/name': name } },
  spec: {
    containers: [
      {
        name,
        ports: Object.entries(ports).map(([port, containerPort]) => ({
          name: port,
          containerPort,
        })),
      },
    ],
  },
});

const policy = (name: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec,
});

const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const till = {
  podSelector: named('till'),
  policyTypes: ['Ingress', 'Egress'],
  ingress: [{ from: [{ namespaceSelector: inNamespace('metrics') }], ports: [{ port: 'admin' }] }],
  egress: [
    { to: [{ podSelector: named('ledger') }], ports: [{ port: 5432 }] },
    {
      to: [
        {
          namespaceSelector: inNamespace('kube-system'),
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }],
    },
    { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ port: 443 }] },
  ],
};
const ledger = {
  podSelector: named('ledger'),
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ podSelector: named('till') }], ports: [{ port: 5000, endPort: 5500 }] }],
};

function differences(...policies: Manifest[]): string[] {
  const installation: Installation = {
    name: 'shop',
    environment: 'ci',
    objects: [pod('till', { http: 8080, admin: 9464 }), pod('ledger', { sql: 5432 }), ...policies],
    operated: [],
  };
  return reachability(installation, graph, 'shop').differences;
}

const changed = (spec: object, change: object) =>
  differences(deny, policy('till', { ...spec, ...change }), policy('ledger', ledger));

describe('reachability by network policies', () => {
  test('is what the graph says when the policies are', () => {
    assert.deepEqual(differences(deny, policy('till', till), policy('ledger', ledger)), []);
  });

  test('without any policy everything is open', () => {
    const open = differences();
    assert.ok(open.includes('the internet to Pod/till, TCP 8080: open, but not in the call graph'));
    assert.ok(open.includes('Pod/ledger to Pod/till, TCP 65000: open, but not in the call graph'));
  });

  test('with none but a refusal nothing is', () => {
    assert.deepEqual(
      differences(deny).filter((line) => line.includes('open')),
      [],
    );
    assert.equal(differences(deny).length, 5);
  });

  test('a callee that does not let its caller in is named', () => {
    assert.deepEqual(differences(deny, policy('till', till)), [
      'Pod/till to Pod/ledger, TCP 5432: in the call graph, but refused by Ingress of Pod/ledger',
    ]);
  });

  test('a rule without ports or without peers opens all of them', () => {
    const ports = changed(till, { ingress: [{ from: [{ podSelector: named('ledger') }] }] });
    assert.deepEqual(
      ports.filter((line) => line.startsWith('Pod/ledger')),
      // The policy of the ledger says nothing of Egress, and the one for all refuses it.
      [],
    );
    const peers = changed(till, { egress: [...till.egress, { ports: [{ port: 8080 }] }] });
    assert.deepEqual(peers, []);
    const everything = changed(till, { egress: [...till.egress, {}] });
    assert.ok(
      everything.includes('Pod/till to the internet, TCP 65000: open, but not in the call graph'),
    );
  });

  test('a namespace selector alone means all of its pods, together with a pod selector some', () => {
    const all = [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53 }] }];
    const lines = changed(till, { egress: [...till.egress, ...all] });
    assert.deepEqual(lines, []);
    const alone = changed(till, {
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 'http' }] }],
    });
    assert.ok(
      alone.includes(
        'a stranger in the cluster to Pod/till, TCP 8080: open, but not in the call graph',
      ),
    );
    assert.ok(!alone.some((line) => line.startsWith('the internet')));
  });

  test('an excepted address is refused', () => {
    const to = [{ ipBlock: { cidr: '198.51.100.0/24', except: ['198.51.100.0/28'] } }];
    const egress = [...till.egress.slice(0, 2), { to, ports: [{ port: 443 }] }];
    assert.deepEqual(changed(till, { egress }), [
      'Pod/till to bank, TCP 443: in the call graph, but refused by Egress of Pod/till',
    ]);
  });
});

test('the call graph of the repository has every call that the code of a service makes', () => {
  const { nodes } = callGraphOf(readYaml('helm/call-graph.yaml') as Values);
  for (const service of services()) {
    const file = `apps/${service}/src/service.ts`;
    assert.ok(isInRepository(file), file);
    const text = readFileSync(inRepository(file), 'utf8');
    const called = [...text.matchAll(/\bclients\('([\w-]+)'/g)].map(([, name = '']) => name);
    for (const callee of called)
      assert.ok(nodes[service]?.calls?.includes(callee), `${service} calls ${callee}`);
  }
});

test('a call graph that names what is not there is refused', () => {
  const values = { callGraph: { adminPort: 1, nodes: { a: { calls: ['b'] } } } };
  assert.throws(() => callGraphOf(values), /a names b, which is not there/);
  assert.throws(() => callGraphOf({}), /have no callGraph/);
});
