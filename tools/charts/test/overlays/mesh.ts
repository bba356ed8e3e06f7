import { CALL_GRAPH, beside } from './overlay';
import { readYaml, type Values } from '../../src/values';
import { callGraphOf, type CallGraph } from '../../src/network/call-graph';

export const graph: CallGraph = callGraphOf(readYaml(CALL_GRAPH) as Values);

/** What the chart of a mesh makes for a service. */
export const meshed = (mesh: string, service: string, values: Values = {}) =>
  beside(mesh, { service, ...values }, [CALL_GRAPH]);

/** Who calls a service, as the call graph says it: those of this namespace, and those elsewhere. */
export function callersOf(service: string): { inside: string[]; outside: string[] } {
  const callers = Object.entries(graph.nodes).filter(([, { calls }]) => calls?.includes(service));
  const names = (outside: boolean) =>
    callers.filter(([, { at }]) => (at !== undefined) === outside).map(([name]) => name);
  return { inside: names(false).sort(), outside: names(true).sort() };
}

/** A canary as a release file has it. */
export const canaryOf = (weight: number | null, replicas = 1): Values => ({
  image: { tag: '1.2.3' },
  release: { strategy: 'canary', canary: { replicas, weight, tag: '1.2.4' } },
});

/** A further node of the call graph, to see that policies follow it. */
export const furtherCaller = { callGraph: { nodes: { reports: { calls: ['payments'] } } } };
