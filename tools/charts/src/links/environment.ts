import type { IContainer } from 'kubernetes-models/v1/Container';
import type { Installation } from '../installation';
import { namespaceOf } from '../workload';

/** The environment of a container: its ConfigMaps and its variables; undefined for what is known in the cluster only. */
export function environmentOf(
  { env = [], envFrom = [] }: IContainer,
  namespace: string,
  { objects }: Installation,
): Map<string, string | undefined> {
  const maps = envFrom.flatMap(({ configMapRef }) =>
    objects.filter(
      (object) =>
        object.kind === 'ConfigMap' &&
        object.metadata.name === configMapRef?.name &&
        namespaceOf(object) === namespace,
    ),
  );
  return new Map([
    ...maps.flatMap((map) => Object.entries((map.data ?? {}) as Record<string, string>)),
    ...env.map(({ name, value }): [string, string | undefined] => [name, value]),
  ]);
}
