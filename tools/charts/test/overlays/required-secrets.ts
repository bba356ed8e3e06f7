import { workloadsOf } from '../../src/workload';
import { withOverlays } from './overlay';

/** The Secrets that a service's release reads, Kafka's own aside, and their keys. */
export async function requiredSecrets(service: string): Promise<Record<string, string[]>> {
  const objects = await withOverlays(service, [], { kafka: { tls: { enabled: false } } });
  const mounted = workloadsOf(objects).flatMap(({ pod }) =>
    (pod.volumes ?? []).flatMap(({ secret }) =>
      secret?.secretName
        ? [[secret.secretName, secret.items!.map(({ key }) => key).sort()] as const]
        : [],
    ),
  );
  return Object.fromEntries(mounted);
}
