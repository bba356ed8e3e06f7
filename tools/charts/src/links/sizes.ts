import type { Finding } from '../hardening/rule';
import type { Installation } from '../installation';
import { nameOf } from '../manifest';
import { containersOf, workloadsOf, type Workload } from '../workload';
import { environmentOf } from './environment';

const MEBIBYTES: Record<string, number> = { Mi: 1, Gi: 1024 };

/** A quantity of memory in MiB. */
function mebibytes(quantity: string | number): number {
  const [, number = '', unit = ''] = /^(\d+)(Mi|Gi)$/.exec(String(quantity)) ?? [];
  return Number(number) * (MEBIBYTES[unit] ?? Number.NaN);
}

function problems(workload: Workload, installation: Installation): string[] {
  const { pod } = workload;
  return containersOf(pod).flatMap((container) => {
    const environment = environmentOf(container, workload.namespace, installation);
    const found: string[] = [];
    const delay = environment.get('DRAIN_DELAY_MS');
    const timeout = environment.get('SHUTDOWN_TIMEOUT_MS');
    if (delay !== undefined && timeout !== undefined) {
      const needed = (Number(delay) + Number(timeout)) / 1000;
      // Kubernetes' own default, when the pod says nothing.
      const given = pod.terminationGracePeriodSeconds ?? 30;
      if (given <= needed)
        found.push(`is killed after ${given} s, and takes up to ${needed} s to end`);
    }
    const heap = /--max-old-space-size=(\d+)/.exec(environment.get('NODE_OPTIONS') ?? '')?.[1];
    const limit = container.resources?.limits?.memory;
    if (heap !== undefined && limit !== undefined && Number(heap) > 0.8 * mebibytes(limit))
      found.push(`may fill ${heap} MiB of heap within ${limit} of memory: no room for buffers`);
    return found;
  });
}

/** Grace periods that are shorter than the drain, and heaps that do not fit their memory limit. */
export const wrongSizes = (installation: Installation): Finding[] =>
  workloadsOf(installation.objects).flatMap((workload) =>
    problems(workload, installation).map((message) => ({
      object: nameOf(workload.manifest),
      message,
    })),
  );
