import { setTimeout as delay } from 'node:timers/promises';
import type { Query } from './prometheus';
import { labelsOf, type Pods } from './slo';

/** The Deployment of a track: the chart's names. */
export const deploymentOf = ({ service, track }: Pods): string =>
  track === 'stable' ? service : `${service}-${track}`;

/** Whether the pods run one version, all of them ready, and how it stands. */
export async function rolloutState(query: Query, pods: Pods, version: string) {
  const labels = labelsOf(pods);
  const ofVersion = (operator: string) =>
    `count(up{${labels},app_kubernetes_io_version${operator}"${version}"}) or vector(0)`;
  const deployment = `namespace="${pods.namespace}",deployment="${deploymentOf(pods)}"`;
  const [current, others, ready] = await Promise.all([
    query(ofVersion('=')),
    query(ofVersion('!=')),
    query(`sum(kube_deployment_status_replicas_ready{${deployment}}) or vector(0)`),
  ]);
  const counts = { current: current ?? 0, others: others ?? 0, ready: ready ?? 0 };
  const done = counts.current > 0 && counts.others === 0 && counts.ready >= counts.current;
  return { ...counts, done };
}

/**
 * Waits until every pod of the track runs `version` and is ready; whoever syncs the cluster with Git has the time for
 * it. Throws when that takes longer than `seconds`.
 */
export async function waitForRollout(
  query: Query,
  pods: Pods,
  version: string,
  { seconds, everySeconds }: { seconds: number; everySeconds: number },
  say: (line: string) => void,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const { current, others, ready, done } = await rolloutState(query, pods, version);
    const name = `${pods.service} ${pods.track}`;
    say(`${name}: ${current} new pods, ${others} old ones, ${ready} ready`);
    if (done) return;
    if (performance.now() > deadline) {
      throw new Error(
        `${name}: ${version} does not run everywhere after ${seconds} s. Has the cluster been synced with Git?`,
      );
    }
    await delay(everySeconds * 1000);
  }
}
