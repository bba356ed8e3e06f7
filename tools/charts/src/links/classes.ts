import type { Finding } from '../hardening/rule';
import type { Installation } from '../installation';
import { nameOf } from '../manifest';
import { workloadsOf } from '../workload';

/** Priority classes that pods name and nobody installs. */
export const missingClasses = ({ objects }: Installation): Finding[] => {
  const known = objects
    .filter(({ kind }) => kind === 'PriorityClass')
    .map(({ metadata }) => metadata.name);
  return workloadsOf(objects).flatMap(({ manifest, pod }) => {
    const name = pod.priorityClassName;
    // Those of Kubernetes itself.
    const builtIn = name?.startsWith('system-');
    return name === undefined || builtIn || known.includes(name)
      ? []
      : [
          {
            object: nameOf(manifest),
            message: `names the PriorityClass ${name}, which is not there`,
          },
        ];
  });
};
