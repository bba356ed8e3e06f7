import { services } from '../releases';
import { selectorOf } from '../pods';
import type { Step, World } from '../step';

interface Node {
  metadata: { name: string };
  spec: { unschedulable?: boolean; taints?: { effect: string }[] };
}

async function workers({ kubectl }: World): Promise<string[]> {
  const nodes = await kubectl.get<Node>(['nodes']);
  return nodes
    .filter(
      ({ spec }) =>
        !spec.unschedulable && !spec.taints?.some(({ effect }) => effect === 'NoSchedule'),
    )
    .map(({ metadata }) => metadata.name);
}

async function nodesWith({ kubectl }: World, selector: string): Promise<Set<string>> {
  const pods = await kubectl.pods(selector);
  return new Set(pods.flatMap(({ spec }) => (spec.nodeName ? [spec.nodeName] : [])));
}

/** A node with pods of ours, and without what has one replica only: a database is not moved without an outage. */
async function candidate(world: World): Promise<string | undefined> {
  const single = ['app.kubernetes.io/instance=infra-local', 'app.kubernetes.io/name=journeys'];
  const taken = new Set<string>();
  for (const selector of single)
    for (const node of await nodesWith(world, selector)) taken.add(node);
  const ours = await nodesWith(world, `app.kubernetes.io/name in (${services.join(',')})`);
  return (await workers(world)).find((node) => ours.has(node) && !taken.has(node));
}

/** All pods of a node are evicted, as for its upgrade; the PodDisruptionBudgets say how fast. */
export const nodeDrain: Step = {
  name: 'drain of a node',
  planned: true,
  async unable(world) {
    if ((await workers(world)).length < 2) return 'this cluster has one node';
    if (await candidate(world)) return undefined;
    return 'every node with services has a database or the load as well';
  },
  async run(world) {
    const { kubectl, replicas } = world;
    const node = await candidate(world);
    if (node === undefined) throw new Error('No node can be drained any more.');
    const started = performance.now();
    try {
      const how = ['--ignore-daemonsets', '--delete-emptydir-data', '--timeout=300s'];
      await kubectl.run(['drain', node, ...how]);
      const seconds = Math.round((performance.now() - started) / 1000);
      for (const service of services) await kubectl.settled(selectorOf(service), replicas);
      return { notes: [`${node} was empty after ${seconds} s`] };
    } finally {
      await kubectl.run(['uncordon', node]);
    }
  },
};
