import { BlockList } from 'node:net';
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort';
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import type { Manifest } from '../manifest';
import { selects } from '../selector';
import { namespaceOf, specOf } from '../workload';
import type { Endpoint, Port } from './endpoint';

type Direction = 'Ingress' | 'Egress';

function blockHas(cidrs: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits = '32'] = cidr.split('/');
    list.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

function isPeer(peer: INetworkPolicyPeer, policyNamespace: string, other: Endpoint): boolean {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock;
    if (other.address === undefined) return false;
    return blockHas([cidr], other.address) && !blockHas(except, other.address);
  }
  // What is known by its address only is no pod.
  if (other.address !== undefined) return false;
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, other.namespaceLabels)
    : other.namespace === policyNamespace;
  return inNamespace && selects(peer.podSelector ?? {}, other.labels);
}

function hasPort(rule: INetworkPolicyPort, { port, protocol }: Port, target: Endpoint): boolean {
  if ((rule.protocol ?? 'TCP') !== protocol) return false;
  if (rule.port === undefined) return true;
  if (typeof rule.port === 'string')
    return target.ports.some((own) => own.name === rule.port && own.port === port);
  return port >= rule.port && port <= (rule.endPort ?? rule.port);
}

const typesOf = ({ policyTypes, egress }: Partial<INetworkPolicySpec>): string[] =>
  policyTypes ?? ['Ingress', ...(egress ? ['Egress'] : [])];

/** Whether the policies let `own` be connected from (Ingress) or connect to (Egress) `other` at the port of `target`. */
function permits(
  policies: readonly Manifest[],
  direction: Direction,
  own: Endpoint,
  other: Endpoint,
  port: Port,
): boolean {
  if (!own.ours) return true;
  const target = direction === 'Ingress' ? own : other;
  const governing = policies
    .filter((policy) => namespaceOf(policy) === own.namespace)
    .map((policy) => specOf<INetworkPolicySpec>(policy))
    .filter((spec) => typesOf(spec).includes(direction))
    .filter(({ podSelector }) => selects(podSelector ?? {}, own.labels));
  if (governing.length === 0) return true;
  const rules = governing.flatMap(({ ingress = [], egress = [] }) =>
    direction === 'Ingress'
      ? ingress.map(({ from, ports }) => ({ peers: from, ports }))
      : egress.map(({ to, ports }) => ({ peers: to, ports })),
  );
  return rules.some(
    ({ peers = [], ports = [] }) =>
      (peers.length === 0 || peers.some((peer) => isPeer(peer, own.namespace, other))) &&
      (ports.length === 0 || ports.some((rule) => hasPort(rule, port, target))),
  );
}

/** Why a connection is refused: by the caller's policies, by those of the called, or by none. */
export function refusedBy(
  policies: readonly Manifest[],
  from: Endpoint,
  to: Endpoint,
  port: Port,
): Direction | undefined {
  if (!permits(policies, 'Egress', from, to, port)) return 'Egress';
  return permits(policies, 'Ingress', to, from, port) ? undefined : 'Ingress';
}
