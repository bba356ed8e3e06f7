import { nameOf } from '../manifest';
import type { Installation } from '../installation';
import { containersOf, workloadsOf, type Labels } from '../workload';
import type { CallGraph, Peer } from './call-graph';

export interface Port {
  name?: string;
  port: number;
  protocol: string;
}

/** One end of a connection: a pod of ours, or something outside that the call graph names. */
export interface Endpoint {
  /** What the call graph calls it. */
  node: string;
  /** For messages. */
  label: string;
  /** Whether its own NetworkPolicies are part of the installation. */
  ours: boolean;
  /** Whether an operator runs it, whose own connections are no calls between services. */
  operated: boolean;
  namespace: string;
  namespaceLabels: Labels;
  labels: Labels;
  /** For what is named by its address. */
  address?: string;
  ports: Port[];
}

const NODE_LABEL = 'app.kubernetes.io/name';
const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** The labels that Kubernetes itself gives a namespace. */
export const namespaceLabels = (namespace: string): Labels => ({
  [NAMESPACE_LABEL]: namespace,
});

/** The pods of one namespace of an installation; its Jobs and both colours are among them. */
export const podsOf = ({ objects }: Installation, namespace: string): Endpoint[] =>
  workloadsOf(objects)
    .filter((workload) => workload.namespace === namespace)
    .map(({ manifest, pod, labels }) => ({
      node: labels[NODE_LABEL] ?? nameOf(manifest),
      label: nameOf(manifest),
      ours: true,
      operated: false,
      namespace,
      namespaceLabels: namespaceLabels(namespace),
      labels,
      ports: containersOf(pod).flatMap(({ ports = [] }) =>
        ports.map(({ name, containerPort, protocol = 'TCP' }) => ({
          name,
          port: containerPort,
          protocol,
        })),
      ),
    }));

function outside(
  node: string,
  { namespaceSelector, podSelector, ipBlock }: Peer,
  home: string,
): Endpoint {
  // As in a NetworkPolicy: a peer without a namespace is in this one.
  const here = podSelector !== undefined && namespaceSelector === undefined;
  const labels = here ? namespaceLabels(home) : (namespaceSelector?.matchLabels ?? {});
  return {
    node,
    label: node,
    ours: here,
    operated: here,
    namespace: labels[NAMESPACE_LABEL] ?? `the namespace of ${node}`,
    namespaceLabels: labels,
    labels: podSelector?.matchLabels ?? {},
    address: ipBlock?.cidr.split('/')[0],
    ports: [],
  };
}

/** The nodes of the call graph that no release makes, one endpoint for each of their peers. */
export const outsidersOf = ({ nodes }: CallGraph, home: string): Endpoint[] =>
  Object.entries(nodes).flatMap(([name, { at = [] }]) =>
    at.map((peer) => outside(name, peer, home)),
  );

const STRANGER = { matchLabels: { [NODE_LABEL]: 'stranger' } };

/** Those who may never connect or be connected to. */
export const strangers = (home: string): Endpoint[] => [
  {
    ...outside('a stranger beside us', { podSelector: STRANGER }, home),
    ours: false,
    operated: false,
  },
  outside(
    'a stranger in the cluster',
    { namespaceSelector: { matchLabels: namespaceLabels('elsewhere') }, podSelector: STRANGER },
    home,
  ),
  // An address of the internet, from the block for documentation (RFC 5737).
  outside('the internet', { ipBlock: { cidr: '203.0.113.7/32' } }, home),
];
