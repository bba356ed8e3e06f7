import { everything, type Installation } from '../installation';
import { declaredPorts, type CallGraph } from './call-graph';
import { outsidersOf, podsOf, strangers, type Endpoint, type Port } from './endpoint';
import { refusedBy } from './policy';

// Nothing listens there: a connection to it means that all ports are open.
const ANY_OTHER: Port = { port: 65_000, protocol: 'TCP' };

const text = ({ protocol, port }: Port) => `${protocol} ${port}`;

function portsToTry({ nodes, adminPort }: CallGraph, to: Endpoint): Port[] {
  const { port, protocols = ['TCP'] } = nodes[to.node] ?? {};
  const all = [
    ...to.ports,
    ...(port === undefined ? [] : protocols.map((protocol) => ({ port, protocol }))),
    { port: adminPort, protocol: 'TCP' },
    ANY_OTHER,
  ];
  return [...new Map(all.map((each) => [text(each), each])).values()];
}

function differences(
  installation: Installation,
  graph: CallGraph,
  from: Endpoint,
  to: Endpoint,
): string[] {
  const policies = everything(installation).filter(({ kind }) => kind === 'NetworkPolicy');
  const declared = declaredPorts(graph, from.node, to.node);
  return portsToTry(graph, to).flatMap((port) => {
    const refused = refusedBy(policies, from, to, port);
    const wanted = declared.includes(text(port));
    const way = `${from.label} to ${to.label}, ${text(port)}`;
    if (wanted && refused)
      return `${way}: in the call graph, but refused by ${refused} of ${refused === 'Egress' ? from.label : to.label}`;
    return !wanted && !refused ? `${way}: open, but not in the call graph` : [];
  });
}

function isCompared(from: Endpoint, to: Endpoint): boolean {
  if (from === to) return false;
  return from.operated ? to.ours && !to.operated : from.ours || to.ours;
}

export interface Reachability {
  /** How many ordered pairs of ends were tried. */
  pairs: number;
  /** Where the policies and the call graph differ. */
  differences: string[];
}

/**
 * Tries every connection between the pods of a namespace, what the call graph names outside it, and strangers,
 * by the rendered NetworkPolicies, and compares with the call graph.
 */
export function reachability(
  installation: Installation,
  graph: CallGraph,
  namespace: string,
): Reachability {
  const pods = podsOf(installation, namespace);
  const others = [...outsidersOf(graph, namespace), ...strangers(namespace)];
  const all = [...pods, ...others];
  const pairs = all.flatMap((from) =>
    all.filter((to) => isCompared(from, to)).map((to) => ({ from, to })),
  );
  return {
    pairs: pairs.length,
    differences: pairs.flatMap(({ from, to }) => differences(installation, graph, from, to)),
  };
}

/** Nodes that the graph says are pods of this namespace (they have no `at`) and that have none. */
export function nodesWithoutPods(
  installation: Installation,
  { nodes }: CallGraph,
  namespace: string,
): string[] {
  const present = new Set(podsOf(installation, namespace).map(({ node }) => node));
  return Object.entries(nodes)
    .filter(([name, { at }]) => at === undefined && !present.has(name))
    .map(([name]) => name);
}
