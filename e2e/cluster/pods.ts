import { isReady, type Kubectl } from './kubectl';
import type { Service } from './releases';
import type { World } from './step';

export const selectorOf = (service: Service) => `app.kubernetes.io/name=${service}`;

/** The label by which the chart tells variants of a service apart. */
const TRACK = 'quayside.dev/track';

/** Asked in the container itself: neither a NetworkPolicy nor the API server's proxy is in the way. */
const READ_METRICS =
  "fetch('http://127.0.0.1:9464/metrics').then(r=>r.text()).then(t=>console.log(t.split('\\n').filter(l=>/^(http|rpc)_server\\w*_count\\{/.test(l)).join('\\n')))";

/** The requests that a pod has answered since it started; undefined when it is gone. */
async function answeredBy(kubectl: Kubectl, service: Service, pod: string) {
  const command = ['exec', pod, '-c', service, '--', 'node', '-e', READ_METRICS];
  const text = await kubectl.run(command).catch(() => undefined);
  return text?.split('\n').reduce((sum, line) => sum + Number(line.split(' ').at(-1) ?? 0), 0);
}

async function countPods(kubectl: Kubectl, service: Service) {
  const found = (await kubectl.pods(selectorOf(service))).filter(isReady);
  const counts = found.map(async ({ metadata }) => {
    const answered = await answeredBy(kubectl, service, metadata.name);
    return { name: metadata.name, track: metadata.labels?.[TRACK] ?? '', answered };
  });
  return Promise.all(counts);
}

/** How many requests each variant of a service answers within so many seconds, by its own counters. */
export async function watchTracks(
  { kubectl, wait }: World,
  service: Service,
  seconds: number,
): Promise<Record<string, number>> {
  const before = await countPods(kubectl, service);
  await wait(seconds * 1000);
  const tracks: Record<string, number> = {};
  for (const { name, track, answered } of await countPods(kubectl, service)) {
    const earlier = before.find((pod) => pod.name === name)?.answered;
    if (answered === undefined || earlier === undefined) continue;
    tracks[track] = (tracks[track] ?? 0) + answered - earlier;
  }
  return tracks;
}
