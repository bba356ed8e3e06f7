import { LIVE } from '../installation';
import { selects } from '../selector';
import { workloadRule, type Rule } from './rule';
import { hasSeveralPods } from './scaling';

const TOPOLOGIES = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

/** On which nodes pods end up. */
export const placement: Rule[] = [
  workloadRule(
    {
      id: 'anti-affinity',
      title: 'where it matters, replicas avoid a node or zone that has one of them',
      alsoIn: 'KS, KL no-anti-affinity',
      environments: LIVE,
    },
    (workload, installation) => {
      if (!hasSeveralPods(workload, installation)) return undefined;
      const { podAntiAffinity } = workload.pod.affinity ?? {};
      const terms = [
        ...(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
        ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
          ({ podAffinityTerm }) => podAffinityTerm,
        ),
      ];
      return terms.some(
        ({ topologyKey, labelSelector }) =>
          TOPOLOGIES.includes(topologyKey) && selects(labelSelector ?? {}, workload.labels),
      )
        ? undefined
        : 'has no podAntiAffinity by node or zone for its own labels';
    },
  ),
  workloadRule(
    {
      id: 'spread',
      title: 'where it matters, replicas are spread over nodes and over zones',
      alsoIn: 'PO, KS',
      environments: LIVE,
    },
    (workload, installation) => {
      if (!hasSeveralPods(workload, installation)) return undefined;
      const constraints = workload.pod.topologySpreadConstraints ?? [];
      const own = constraints.filter(
        ({ labelSelector, maxSkew }) =>
          maxSkew >= 1 && labelSelector && selects(labelSelector, workload.labels),
      );
      return TOPOLOGIES.filter((key) => !own.some(({ topologyKey }) => topologyKey === key)).map(
        (key) => `is not spread by ${key}`,
      );
    },
  ),
  workloadRule(
    {
      id: 'priority',
      title: 'where it matters, pods say how important they are',
      alsoIn: 'PO, KL',
      environments: LIVE,
    },
    ({ pod }) => (pod.priorityClassName ? undefined : 'has no priorityClassName'),
  ),
  workloadRule(
    {
      id: 'evictable',
      title: 'the Cluster Autoscaler may move every pod away from a node it removes',
      alsoIn: 'Cluster Autoscaler FAQ, "What types of pods can prevent CA from removing a node?"',
    },
    ({ manifest, annotations, pod, finite }, { environment }) => {
      const marked = annotations[SAFE_TO_EVICT];
      if (marked === 'false') return 'is marked as not safe to evict';
      const moves = !finite && manifest.kind !== 'DaemonSet' && LIVE.includes(environment);
      if (!moves || marked === 'true') return undefined;
      const safe = annotations[`${SAFE_TO_EVICT}-local-volumes`]?.split(',') ?? [];
      return (pod.volumes ?? [])
        .filter(({ name, emptyDir, hostPath }) => (emptyDir ?? hostPath) && !safe.includes(name))
        .map(
          ({ name }) =>
            `its local volume ${name} keeps the node: it is not marked as safe to evict`,
        );
    },
  ),
  workloadRule(
    {
      id: 'dns-options',
      title: 'the options of name look-ups are stated',
      alsoIn: 'KL dnsconfig-options',
    },
    ({ pod }) => (pod.dnsConfig?.options?.length ? undefined : 'has no dnsConfig.options'),
  ),
];
