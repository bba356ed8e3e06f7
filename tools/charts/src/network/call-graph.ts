import type { Values } from '../values';
import type { Labels } from '../workload';

/** Where something outside is, as a NetworkPolicy says it. */
export interface Peer {
  namespaceSelector?: { matchLabels?: Labels };
  podSelector?: { matchLabels?: Labels };
  ipBlock?: { cidr: string; except?: string[] };
}

export interface Node {
  port?: number;
  serves?: 'grpc' | 'http';
  protocols?: string[];
  calls?: string[];
  scrapes?: string[];
  at?: Peer[];
  url?: string;
  absent?: boolean;
}

/** `helm/call-graph.yaml`: who connects to whom. */
export interface CallGraph {
  adminPort: number;
  nodes: Record<string, Node>;
}

/** The call graph among the values of a release, without what is absent. Throws when a node names one that is not there. */
export function callGraphOf(values: Values): CallGraph {
  const graph = values.callGraph as CallGraph | undefined;
  if (!graph) throw new Error('The values have no callGraph.');
  for (const [name, { calls = [], scrapes = [] }] of Object.entries(graph.nodes)) {
    const unknown = [...calls, ...scrapes].find((other) => !(other in graph.nodes));
    if (unknown) throw new Error(`The call graph: ${name} names ${unknown}, which is not there.`);
  }
  const isThere = (name: string) => graph.nodes[name]?.absent !== true;
  const nodes = Object.entries(graph.nodes)
    .filter(([name]) => isThere(name))
    .map(([name, { calls, scrapes, ...node }]) => [
      name,
      {
        ...node,
        ...(calls && { calls: calls.filter(isThere) }),
        ...(scrapes && { scrapes: scrapes.filter(isThere) }),
      },
    ]);
  return { ...graph, nodes: Object.fromEntries(nodes) as CallGraph['nodes'] };
}

/** The ports, as `TCP 9090`, at which the graph lets one node connect to another. */
export function declaredPorts({ nodes, adminPort }: CallGraph, from: string, to: string): string[] {
  const caller = nodes[from];
  const { port, protocols = ['TCP'] } = nodes[to] ?? {};
  return [
    ...(caller?.calls?.includes(to) && port !== undefined
      ? protocols.map((protocol) => `${protocol} ${port}`)
      : []),
    ...(caller?.scrapes?.includes(to) ? [`TCP ${adminPort}`] : []),
  ];
}
