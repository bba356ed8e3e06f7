import type { IPodDisruptionBudgetSpec } from 'kubernetes-models/policy/v1/PodDisruptionBudgetSpec';
import { LIVE, type Installation } from '../installation';
import type { Manifest } from '../manifest';
import { selects } from '../selector';
import { namespaceOf, specOf, type Workload } from '../workload';
import { objectRule, workloadRule, type Rule } from './rule';
import {
  isReplicated,
  isTarget,
  leastReplicas,
  replicasOf,
  runnerOf,
  scalerOf,
  scalersOf,
} from './scaling';

const budgetsOf = (workload: Workload, { objects }: Installation) =>
  objects.filter(
    (object) =>
      object.kind === 'PodDisruptionBudget' &&
      namespaceOf(object) === workload.namespace &&
      selects(specOf<IPodDisruptionBudgetSpec>(object).selector ?? {}, workload.labels),
  );

/** Whether the budget lets at least one of so many pods go. */
function letsGo(budget: Manifest, replicas: number): boolean {
  const { minAvailable, maxUnavailable } = specOf<IPodDisruptionBudgetSpec>(budget);
  const count = (share: string | number) =>
    typeof share === 'number' ? share : Math.ceil((replicas * Number.parseInt(share, 10)) / 100);
  if (maxUnavailable !== undefined) return count(maxUnavailable) > 0;
  return minAvailable !== undefined && count(minAvailable) < replicas;
}

/** Whether the system stays up when a pod or a node goes. */
export const availability: Rule[] = [
  workloadRule(
    {
      id: 'two-replicas',
      title: 'where it matters, everything has two replicas or more',
      alsoIn: 'KS, PO, KL',
      environments: LIVE,
    },
    (workload, installation) => {
      if (!isReplicated(workload)) return undefined;
      const least = leastReplicas(workload, installation);
      return least >= 2 ? undefined : `has ${least}`;
    },
  ),
  objectRule(
    {
      id: 'rolling-update',
      title: 'pods are replaced one after another, not all at once',
      alsoIn: 'KS, KL, KU C-0305',
    },
    ['Deployment'],
    (manifest) => {
      const { strategy } = specOf<{ strategy: { type?: string } }>(manifest);
      return strategy?.type === 'RollingUpdate' ? undefined : 'the strategy is not RollingUpdate';
    },
  ),
  workloadRule(
    {
      id: 'disruption-budget',
      title: 'where it matters, a budget says how many pods may go, and lets a node be drained',
      alsoIn: 'KS, PO, KL pdb-*',
      environments: LIVE,
    },
    (workload, installation) => {
      if (!isReplicated(workload)) return undefined;
      const budgets = budgetsOf(workload, installation);
      // Kubernetes evicts no pod that two budgets select.
      if (budgets.length !== 1) return `is selected by ${budgets.length} PodDisruptionBudgets`;
      const least = leastReplicas(workload, installation);
      return budgets.every((budget) => letsGo(budget, least)) ? undefined : 'no pod may ever go';
    },
  ),
  objectRule(
    {
      id: 'evict-unready',
      title: 'pods that are not ready do not hold up the draining of a node',
      alsoIn: 'KL pdb-unhealthy-pod-eviction-policy',
    },
    ['PodDisruptionBudget'],
    (manifest) => {
      const policy = specOf<IPodDisruptionBudgetSpec>(manifest).unhealthyPodEvictionPolicy;
      return policy === 'AlwaysAllow'
        ? undefined
        : `unhealthyPodEvictionPolicy is ${policy ?? 'not set'}`;
    },
  ),
  objectRule(
    {
      id: 'autoscaler',
      title: 'autoscalers have a target, start at two or more, and have room above',
      alsoIn: 'KS, PO, KL, KU C-0300',
    },
    ['HorizontalPodAutoscaler', 'ScaledObject'],
    (manifest, { objects, environment }) => {
      const scaler = scalerOf(manifest);
      if (!scaler) return 'has no target';
      const { minimum, maximum } = scaler;
      return [
        ...(objects.some((object) => isTarget(scaler, object)) ? [] : ['its target is not there']),
        ...(maximum > minimum ? [] : [`at most ${maximum}, at least ${minimum}`]),
        ...(minimum < 2 && LIVE.includes(environment) ? [`at least ${minimum}`] : []),
      ];
    },
  ),
  workloadRule(
    {
      id: 'one-scaler',
      title:
        'the number of replicas has one master: no `replicas` beside an autoscaler, no two autoscalers',
      alsoIn: 'KS',
    },
    (workload, installation) => {
      const { manifest } = workload;
      const runner = runnerOf(workload, installation);
      const scalers = scalersOf(runner, installation);
      const own = runner === manifest ? [] : scalersOf(manifest, installation);
      return [
        ...(scalers.length > 1 ? ['has two autoscalers'] : []),
        ...(scalers.length > 0 && replicasOf(runner) !== undefined
          ? ['has replicas and an autoscaler']
          : []),
        ...(own.length > 0 || (runner !== manifest && replicasOf(manifest) !== undefined)
          ? ['is scaled beside the Rollout that runs its pods']
          : []),
      ];
    },
  ),
  objectRule(
    {
      id: 'headless-stateful',
      title: 'a StatefulSet names a headless Service that exists',
      alsoIn: 'KS',
    },
    ['StatefulSet'],
    (manifest, { objects }) => {
      const { serviceName } = specOf<{ serviceName: string }>(manifest);
      const service = objects.find(
        (object) =>
          object.kind === 'Service' &&
          object.metadata.name === serviceName &&
          namespaceOf(object) === namespaceOf(manifest),
      );
      if (!service) return `its Service ${serviceName ?? ''} is not there`;
      return specOf<{ clusterIP: string }>(service).clusterIP === 'None'
        ? undefined
        : `its Service ${serviceName ?? ''} is not headless`;
    },
  ),
];
