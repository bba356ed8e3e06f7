import type { IHorizontalPodAutoscalerSpec } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerSpec';
import type { Installation } from '../installation';
import type { Manifest } from '../manifest';
import { namespaceOf, specOf, type Workload } from '../workload';

const REPLICATED = ['Deployment', 'StatefulSet', 'Rollout'];
/** Whether it has a number of replicas. */
export const isReplicated = ({ manifest }: Workload) => REPLICATED.includes(manifest.kind);

/** What sets the number of replicas of something. */
export interface Scaler {
  target: { kind?: string; name: string };
  minimum: number;
  maximum: number;
}

interface ScaledObjectSpec {
  scaleTargetRef: { kind?: string; name: string };
  minReplicaCount?: number;
  maxReplicaCount?: number;
}

/** Reads an object as a scaler; undefined when it is none. */
export function scalerOf(manifest: Manifest): Scaler | undefined {
  if (manifest.kind === 'HorizontalPodAutoscaler') {
    const {
      scaleTargetRef,
      minReplicas = 1,
      maxReplicas = 0,
    } = specOf<IHorizontalPodAutoscalerSpec>(manifest);
    return scaleTargetRef && { target: scaleTargetRef, minimum: minReplicas, maximum: maxReplicas };
  }
  if (manifest.kind === 'ScaledObject') {
    // KEDA's own defaults.
    const {
      scaleTargetRef,
      minReplicaCount = 0,
      maxReplicaCount = 100,
    } = specOf<ScaledObjectSpec>(manifest);
    return (
      scaleTargetRef && {
        target: scaleTargetRef,
        minimum: minReplicaCount,
        maximum: maxReplicaCount,
      }
    );
  }
  return undefined;
}

/** Whether the scaler is for this object. */
export const isTarget = ({ target: { kind = 'Deployment', name } }: Scaler, manifest: Manifest) =>
  manifest.kind === kind && manifest.metadata.name === name;

/** The number that the object itself says. */
export const replicasOf = (manifest: Manifest) => specOf<{ replicas: number }>(manifest).replicas;

/** The Rollout that runs the pods of a Deployment in its place (Argo Rollouts), or the workload itself. */
export const runnerOf = ({ manifest, namespace }: Workload, { objects }: Installation): Manifest =>
  objects.find(
    (object) =>
      object.kind === 'Rollout' &&
      namespaceOf(object) === namespace &&
      specOf<{ workloadRef: { name: string } }>(object).workloadRef?.name ===
        manifest.metadata.name,
  ) ?? manifest;

/** The scalers of an object that runs pods. */
export const scalersOf = (runner: Manifest, { objects }: Installation) =>
  objects
    .filter((object) => namespaceOf(object) === namespaceOf(runner))
    .flatMap((object) => scalerOf(object) ?? [])
    .filter((scaler) => isTarget(scaler, runner));

/** The least number of pods that a workload has. */
export function leastReplicas(workload: Workload, installation: Installation): number {
  const runner = runnerOf(workload, installation);
  const [scaler] = scalersOf(runner, installation);
  return scaler ? scaler.minimum : (replicasOf(runner) ?? 1);
}

/** Whether a workload has, or may have, more than one pod. */
export function hasSeveralPods(workload: Workload, installation: Installation): boolean {
  if (!isReplicated(workload)) return false;
  const runner = runnerOf(workload, installation);
  return scalersOf(runner, installation).length > 0 || (replicasOf(runner) ?? 1) > 1;
}
