import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import { helmMissing } from '../../src/helm';
import type { Values } from '../../src/values';
import { find, rendered } from './service-chart';

const labelOf = (peer: { podSelector?: { matchLabels?: Record<string, string> } }) =>
  Object.values(peer.podSelector?.matchLabels ?? { any: 'any' })[0];

async function rulesOf(service: string, values: Values = {}) {
  const policy = find(await rendered(service, values), 'NetworkPolicy', service);
  const { ingress = [], egress = [], policyTypes } = policy.spec as INetworkPolicySpec;
  return {
    policyTypes,
    ingress: ingress.map(({ from, ports }) => [labelOf(from![0]!), ports![0]!.port]),
    egress: egress.map(({ to, ports }) => [labelOf(to![0]!), ports![0]!.port]),
  };
}

describe('the NetworkPolicy of a service', { skip: helmMissing() }, () => {
  test('lets in who calls it in the graph, and out to whom it calls', async () => {
    assert.deepEqual(await rulesOf('users'), {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        ['gateway', 9090],
        ['prometheus', 9464],
      ],
      egress: [
        ['kube-dns', 53],
        ['auth', 9090],
        ['postgres-users', 5432],
        ['kafka', 9092],
        ['otel-collector', 4318],
      ],
    });
  });

  test('follows the graph when an edge is added, with a caller that is outside too', async () => {
    const nodes = {
      reports: { calls: ['users'], at: [{ podSelector: { matchLabels: { app: 'reports' } } }] },
      users: { calls: ['dns', 'payments'] },
    };
    const { ingress, egress } = await rulesOf('users', { callGraph: { nodes } });
    assert.deepEqual(ingress, [
      ['gateway', 9090],
      ['prometheus', 9464],
      ['reports', 9090],
    ]);
    assert.deepEqual(egress, [
      ['kube-dns', 53],
      ['payments', 9090],
    ]);
  });

  test('takes rules beyond the graph verbatim', async () => {
    const extra = {
      to: [{ podSelector: { matchLabels: { app: 'istiod' } } }],
      ports: [{ protocol: 'TCP', port: 15012 }],
    };
    const { egress } = await rulesOf('users', { networkPolicy: { extraEgress: [extra] } });
    assert.deepEqual(egress.at(-1), ['istiod', 15012]);
  });
});
