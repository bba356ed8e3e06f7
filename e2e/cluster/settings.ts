/** What `npm run test:cluster` was asked to do: environment variables, all with defaults (README.md). */
export interface ClusterSettings {
  /** Programs; a wrapper may stand in. */
  kubectl: string;
  helm: string;
  /** Added to every `helm upgrade`, to those of infra-local, to those of the services. */
  helmArgs: string[];
  infraHelmArgs: string[];
  serviceHelmArgs: string[];
  namespace: string;
  registry: string;
  tag: string;
  /** What rolling updates bring; the same image where there is no second one. */
  nextTag: string;
  /** A way to the gateway from this machine that spreads connections; without it the load runs in the cluster. */
  gatewayUrl?: string;
  /** Names of the steps to run; empty: all. */
  steps: string[];
  people: number;
  perSecond: number;
  /** Leave everything installed. */
  keep: boolean;
  /** The context that its owner allows to be touched although it is not local. */
  confirmed?: string;
}

const words = (text = '') => text.split(/\s+/).filter((word) => word !== '');

function count(env: NodeJS.ProcessEnv, name: string, byDefault: number): number {
  const value = Number(env[name] ?? byDefault);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name} is ${env[name] ?? ''}. Set it to a whole number above 0.`);
}

/** Reads the settings. Throws a sentence when one is wrong. */
export function readClusterSettings(env: NodeJS.ProcessEnv): ClusterSettings {
  const tag = env.IMAGE_TAG;
  if (!tag) throw new Error('Set IMAGE_TAG to the tag of the images that the cluster can pull.');
  return {
    kubectl: env.KUBECTL ?? 'kubectl',
    helm: env.HELM ?? 'helm',
    helmArgs: words(env.HELM_EXTRA_ARGS),
    infraHelmArgs: words(env.HELM_INFRA_ARGS),
    serviceHelmArgs: words(env.HELM_SERVICE_ARGS),
    namespace: env.NAMESPACE ?? 'quayside-test',
    registry: env.IMAGE_REGISTRY ?? 'ghcr.io/quayside',
    tag,
    nextTag: env.NEXT_IMAGE_TAG ?? tag,
    gatewayUrl: env.GATEWAY_URL,
    steps: words(env.STEPS?.replaceAll(',', ' ')),
    people: count(env, 'PEOPLE', 6),
    perSecond: count(env, 'RATE', 30),
    keep: env.KEEP === 'yes',
    confirmed: env.CLUSTER_CONFIRM,
  };
}
