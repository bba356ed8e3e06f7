import { mustRun, type Run } from './command';
import { isLocalContext } from './context';
import { prepareCluster, type PodSecurity } from './prepare';
import { checkDockerRuns } from './tools';

/** The kind cluster of this repository; kind.yaml names it too. */
export const clusterName = 'quayside';

/** What `cluster:up` is asked for. */
export interface UpOptions {
  /** A local cluster that exists, by its kubectl context; without it a kind cluster is made. */
  context?: string;
  podSecurity: PodSecurity;
  /** Folder of kind.yaml and manifests/. */
  folder: string;
}

/** Makes what is missing of a local cluster; a second run finds everything and changes nothing. */
export async function clusterUp(
  run: Run,
  say: (line: string) => void,
  { context: given, podSecurity, folder }: UpOptions,
): Promise<void> {
  const context = given ?? (await kindCluster(run, say, folder));
  if (!isLocalContext(context)) {
    throw new Error(
      `"${context}" does not look like a local cluster. This prepares local clusters only: kind, k3d, ` +
        'minikube, Docker Desktop, Rancher Desktop, OrbStack, Colima.',
    );
  }
  await checkReachable(run, context);
  await prepareCluster(run, say, { context, podSecurity, folder });
  await mustRun(run, 'kubectl', ['config', 'use-context', context]);
  say(`kubectl now uses ${context}. Next: skaffold dev`);
}

async function kindCluster(run: Run, say: (line: string) => void, folder: string) {
  await checkDockerRuns(run);
  const { stdout } = await mustRun(run, 'kind', ['get', 'clusters']);
  if (stdout.split(/\s+/).includes(clusterName)) {
    say(`kind cluster ${clusterName}: there already`);
    // Its entry may be missing: another kubeconfig, or one that was cleaned.
    await mustRun(run, 'kind', ['export', 'kubeconfig', '--name', clusterName]);
    return `kind-${clusterName}`;
  }
  say(`kind cluster ${clusterName}: making it (the first time fetches about 1 GB)`);
  const config = ['--config', `${folder}/kind.yaml`, '--wait', '180s'];
  await mustRun(run, 'kind', ['create', 'cluster', '--name', clusterName, ...config]);
  return `kind-${clusterName}`;
}

async function checkReachable(run: Run, context: string): Promise<void> {
  const args = ['--context', context, 'get', 'nodes', '--request-timeout=20s', '--output=name'];
  const { status, stderr } = await run('kubectl', args);
  if (status === 0) return;
  throw new Error(
    `The cluster of context ${context} does not answer: ${stderr.trim()}\n` +
      'Is it started? A kind cluster that Docker lost comes back by npm run cluster:down, then cluster:up.',
  );
}
