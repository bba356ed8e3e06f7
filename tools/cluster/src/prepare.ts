import { mustRun, type Run } from './command';

/** Level of the Pod Security Standards that is enforced; the stricter "restricted" is always warned about. */
export type PodSecurity = 'baseline' | 'restricted';

export interface Prepared {
  context: string;
  podSecurity: PodSecurity;
  /** Folder of manifests/. */
  folder: string;
}

/** Versions of what is installed here; Renovate reads these lines (renovate.json). */
export const versions = {
  // renovate: datasource=helm depName=metrics-server registryUrl=https://kubernetes-sigs.github.io/metrics-server
  metricsServer: '3.13.0',
  // Brings the Gateway API definitions it was built with. renovate: datasource=docker depName=docker.io/envoyproxy/gateway-helm
  envoyGateway: 'v1.9.1',
};

/** Installs what Quayside expects of a cluster: metrics, the Gateway API with an implementation, its namespace. */
export async function prepareCluster(
  run: Run,
  say: (line: string) => void,
  { context, podSecurity, folder }: Prepared,
): Promise<void> {
  const kubectl = (...args: string[]) => ['--context', context, ...args];
  await metricsServer(run, say, context);
  await envoyGateway(run, say, context);
  await namespace(run, say, context, podSecurity);
  const gateway = `${folder}/manifests/gateway.yaml`;
  await mustRun(run, 'kubectl', kubectl('apply', '--server-side', '--filename', gateway));
  say('Gateway quayside: applied');
}

async function metricsServer(run: Run, say: (line: string) => void, context: string) {
  const api = ['--context', context, 'get', 'apiservice', 'v1beta1.metrics.k8s.io'];
  // k3d brings one, minikube has an add-on: theirs stays.
  if ((await run('kubectl', api)).status === 0) {
    say('metrics-server: there already');
    return;
  }
  say(`metrics-server: installing ${versions.metricsServer}`);
  await mustRun(run, 'helm', [
    ...['--kube-context', context, 'upgrade', '--install', 'metrics-server', 'metrics-server'],
    ...['--repo', 'https://kubernetes-sigs.github.io/metrics-server'],
    ...['--version', versions.metricsServer, '--namespace', 'kube-system'],
    // The kubelets of a local cluster have self-signed certificates.
    ...['--set', 'args={--kubelet-insecure-tls}', '--wait', '--timeout', '5m'],
  ]);
}

async function envoyGateway(run: Run, say: (line: string) => void, context: string) {
  say(`Gateway API, by Envoy Gateway ${versions.envoyGateway}: installing or checking`);
  await mustRun(run, 'helm', [
    ...['--kube-context', context, 'upgrade', '--install', 'envoy-gateway'],
    ...['oci://docker.io/envoyproxy/gateway-helm', '--version', versions.envoyGateway],
    ...['--namespace', 'envoy-gateway-system', '--create-namespace', '--wait', '--timeout', '5m'],
  ]);
}

/**
 * `skaffold debug` adds an init container that "restricted" refuses, so a developer's cluster enforces "baseline";
 * CI enforces "restricted" (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
async function namespace(
  run: Run,
  say: (line: string) => void,
  context: string,
  podSecurity: PodSecurity,
) {
  const labels = {
    'pod-security.kubernetes.io/enforce': podSecurity,
    'pod-security.kubernetes.io/warn': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
  };
  const metadata = { name: 'quayside', labels };
  const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata });
  const args = ['--context', context, 'apply', '--server-side', '--filename', '-'];
  const { status, stderr } = await run('kubectl', args, manifest);
  if (status !== 0)
    throw new Error(`The namespace quayside could not be applied: ${stderr.trim()}`);
  say(`namespace quayside: Pod Security ${podSecurity} enforced, restricted warned about`);
}
