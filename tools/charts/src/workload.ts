import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { Manifest } from './manifest';

export type Labels = Record<string, string>;

/** An object that makes pods, with what its pods are. */
export interface Workload {
  manifest: Manifest;
  namespace: string;
  pod: IPodSpec;
  /** Labels and annotations of the pods. */
  labels: Labels;
  annotations: Record<string, string>;
  /** Runs until it is done (Job, CronJob), not for ever. */
  finite: boolean;
}

interface PodTemplate {
  metadata?: { labels?: Labels; annotations?: Record<string, string> };
  spec?: IPodSpec;
}

interface WithTemplate {
  template?: PodTemplate;
  jobTemplate?: { spec?: { template?: PodTemplate } };
}

const MAKES_PODS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'Job', 'CronJob'];

/** The spec of an object, unchecked: the models have checked its fields. */
export const specOf = <T extends object>(manifest: Manifest): Partial<T> => manifest.spec ?? {};

function templateOf(manifest: Manifest): PodTemplate | undefined {
  if (manifest.kind === 'Pod') return manifest;
  if (!MAKES_PODS.includes(manifest.kind)) return undefined;
  const spec = specOf<WithTemplate>(manifest);
  return spec.jobTemplate?.spec?.template ?? spec.template;
}

/** The namespace an object is in; `default` when it says none. */
export const namespaceOf = (manifest: Manifest) => manifest.metadata.namespace ?? 'default';

/** Those of the objects that make pods. */
export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests.flatMap((manifest) => {
    const template = templateOf(manifest);
    if (!template?.spec) return [];
    return {
      manifest,
      namespace: namespaceOf(manifest),
      pod: template.spec,
      labels: template.metadata?.labels ?? {},
      annotations: template.metadata?.annotations ?? {},
      finite: ['Job', 'CronJob'].includes(manifest.kind),
    };
  });
}

/** Every container of a pod, init containers too. */
export const containersOf = (pod: IPodSpec): IContainer[] => [
  ...(pod.initContainers ?? []),
  ...pod.containers,
];

/** Containers that run as long as the pod: the main ones and sidecars (init containers that restart always). */
export const lastingContainersOf = (pod: IPodSpec): IContainer[] => [
  ...(pod.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ...pod.containers,
];
