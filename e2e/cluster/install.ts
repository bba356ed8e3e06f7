import type { Kubectl } from './kubectl';
import { apps, type Releases } from './releases';
import { selectorOf } from './pods';

const SECURITY = 'pod-security.kubernetes.io/enforce';

/** Makes the namespace; false when it was there already. */
export async function makeNamespace(kubectl: Kubectl, namespace: string): Promise<boolean> {
  if (await kubectl.has(['namespace', namespace])) return false;
  const labels = { [SECURITY]: 'restricted', [`${SECURITY}-version`]: 'latest' };
  await kubectl.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels },
  });
  return true;
}

/** Installs infra-local and then all apps, and waits until they are ready. */
export async function install(
  kubectl: Kubectl,
  releases: Releases,
  say: (text: string) => void,
): Promise<void> {
  say('installing infra-local');
  await releases.infra();
  for (const app of apps) {
    say(`installing ${app}`);
    await releases.change(app, {});
  }
  for (const app of apps) await kubectl.rolledOut(`deployment/${app}`);
}

/** How many replicas a service has. */
export async function replicasOf(kubectl: Kubectl): Promise<number> {
  return (await kubectl.pods(selectorOf('users'))).length;
}
