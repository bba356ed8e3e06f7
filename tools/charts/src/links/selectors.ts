import type { IPodDisruptionBudgetSpec } from 'kubernetes-models/policy/v1/PodDisruptionBudgetSpec';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import type { Finding } from '../hardening/rule';
import { everything, type Installation } from '../installation';
import { nameOf, type Manifest } from '../manifest';
import { selects, type Selector } from '../selector';
import { namespaceOf, specOf, workloadsOf, type Labels } from '../workload';

interface MonitorSpec {
  selector: Selector;
  namespaceSelector?: { matchNames?: string[]; any?: boolean };
}

function podLabelsIn(namespace: string, installation: Installation): Labels[] {
  return workloadsOf(everything(installation))
    .filter((workload) => workload.namespace === namespace)
    .map(({ labels }) => labels);
}

/** The selector of an object that chooses pods; undefined when it chooses none or all of them. */
function podSelector(manifest: Manifest): Selector | undefined {
  switch (manifest.kind) {
    case 'Service': {
      const { selector } = specOf<IServiceSpec>(manifest);
      return selector && { matchLabels: selector };
    }
    case 'PodDisruptionBudget':
      return specOf<IPodDisruptionBudgetSpec>(manifest).selector;
    case 'NetworkPolicy':
      return specOf<{ podSelector: Selector }>(manifest).podSelector;
    case 'PodMonitor':
    case 'AuthorizationPolicy':
    case 'PeerAuthentication':
      return specOf<{ selector: Selector }>(manifest).selector;
    default:
      return undefined;
  }
}

function monitorProblem(manifest: Manifest, installation: Installation): string[] {
  const { selector = {}, namespaceSelector = {} } = specOf<MonitorSpec>(manifest);
  const namespaces = namespaceSelector.matchNames ?? [namespaceOf(manifest)];
  const services = everything(installation).filter(
    (object) =>
      object.kind === 'Service' &&
      (namespaceSelector.any || namespaces.includes(namespaceOf(object))) &&
      selects(selector, object.metadata.labels ?? {}),
  );
  if (services.length === 0) return ['selects no Service'];
  // Two Services of the same pods would be scraped as two targets, and everything counted twice.
  return services.length > 1
    ? [`selects ${services.length} Services: ${services.map(nameOf).join(', ')}`]
    : [];
}

function ownPods(manifest: Manifest): string[] {
  const [workload] = workloadsOf([manifest]);
  const { selector } = specOf<{ selector: Selector }>(manifest);
  if (!workload || !selector || workload.finite) return [];
  const immutable = Object.keys(selector.matchLabels ?? {});
  return [
    ...(selects(selector, workload.labels) ? [] : ['does not select its own pods']),
    ...(immutable.length > 0 ? [] : ['selects every pod']),
    // Selectors cannot be changed: what changes with a release must not be in them.
    ...immutable
      .filter((key) => ['helm.sh/chart', 'app.kubernetes.io/version'].includes(key))
      .map((key) => `selects by ${key}, which changes`),
  ];
}

/** Objects whose selector, or the selector of which, chooses nothing. */
export function danglingSelectors(installation: Installation): Finding[] {
  return installation.objects.flatMap((manifest) => {
    const selector = podSelector(manifest);
    const none =
      selector !== undefined &&
      !podLabelsIn(namespaceOf(manifest), installation).some((labels) => selects(selector, labels));
    return [
      ...(none ? ['selects no pod'] : []),
      ...(manifest.kind === 'ServiceMonitor' ? monitorProblem(manifest, installation) : []),
      ...ownPods(manifest),
    ].map((message) => ({ object: nameOf(manifest), message }));
  });
}
