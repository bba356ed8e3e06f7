import { setTimeout as delay } from 'node:timers/promises';
import type { Query } from './prometheus';

/** Which pods are judged. */
export interface Pods {
  namespace: string;
  service: string;
  /** Label `quayside.dev/track`. */
  track: string;
}

/** What the pods have to keep while they are watched. */
export interface Slo {
  /** Share of requests that must succeed, e.g. 0.999. */
  objective: number;
  /**
   * How fast the error budget may burn; 1 uses it up exactly at the end of its period. 14.4 is the usual limit for
   * paging: two percent of a month's budget in an hour (https://sre.google/workbook/alerting-on-slos/).
   */
  maxBurn: number;
  /** Slowest acceptable 99th percentile, in seconds. */
  maxP99Seconds: number;
  /** With fewer requests in a window nothing is judged: one failure of three is no rate. */
  minRequests: number;
}

export interface WatchOptions {
  seconds: number;
  /** Time between two looks; a breach counts when two looks in a row see it. */
  everySeconds: number;
  /** Length of the window that each look judges. */
  windowSeconds: number;
}

/** Labels as the Prometheus operator gives them to what a ServiceMonitor scrapes. */
export const labelsOf = ({ namespace, service, track }: Pods): string =>
  `namespace="${namespace}",container="${service}",quayside_dev_track="${track}"`;

/** gRPC codes that are the service's fault; the others are answers. */
const faults = 'INTERNAL|UNKNOWN|UNAVAILABLE|DEADLINE_EXCEEDED|DATA_LOSS';

/** The queries; a service serves HTTP or gRPC, and what it does not serve counts as nothing. */
export function queriesOf(pods: Pods, windowSeconds: number) {
  const labels = labelsOf(pods);
  const window = `[${windowSeconds}s]`;
  const sum = (metric: string, more = '') =>
    `(sum(increase(${metric}{${labels}${more}}${window})) or vector(0))`;
  const http = 'http_server_request_duration_seconds';
  const rpc = 'rpc_server_duration_seconds';
  const requests = `${sum(`${http}_count`)} + ${sum(`${rpc}_count`)}`;
  const failed =
    `${sum(`${http}_count`, ',http_response_status_code=~"5.."')} + ` +
    sum(`${rpc}_count`, `,rpc_grpc_status_code=~"${faults}"`);
  const bucket = (metric: string) => `sum by (le) (rate(${metric}_bucket{${labels}}${window}))`;
  return {
    requests,
    failed,
    p99: `histogram_quantile(0.99, ${bucket(http)} or ${bucket(rpc)})`,
  };
}

/** What a look has seen; without `requests` enough nothing is said of the rest. */
export interface Look {
  requests: number;
  burn?: number;
  p99Seconds?: number;
  /** Why it is a breach. */
  breach?: string;
}

/** Judges one window. */
export async function look(query: Query, pods: Pods, slo: Slo, window: number): Promise<Look> {
  const queries = queriesOf(pods, window);
  const requests = (await query(queries.requests)) ?? 0;
  if (requests < slo.minRequests) return { requests };
  const burn = ((await query(queries.failed)) ?? 0) / requests / (1 - slo.objective);
  const p99Seconds = await query(queries.p99);
  const seen = { requests, burn, p99Seconds };
  if (burn > slo.maxBurn) {
    const breach = `the error budget burns ${burn.toFixed(1)} times too fast (limit ${slo.maxBurn})`;
    return { ...seen, breach };
  }
  if (p99Seconds !== undefined && p99Seconds > slo.maxP99Seconds) {
    const breach = `p99 is ${p99Seconds.toFixed(2)} s (limit ${slo.maxP99Seconds} s)`;
    return { ...seen, breach };
  }
  return seen;
}

/**
 * Looks at the pods for a while. Throws as soon as two looks in a row see a breach, and at the end when there was
 * never enough traffic to judge: what nobody has used is not proven.
 */
export async function watchSlo(
  query: Query,
  pods: Pods,
  slo: Slo,
  { seconds, everySeconds, windowSeconds }: WatchOptions,
  say: (line: string) => void,
): Promise<void> {
  // At least two, or a breach could never be confirmed.
  const looks = Math.max(2, Math.ceil(seconds / everySeconds));
  let breaches = 0;
  let judged = 0;
  for (let count = 0; count < looks; count++) {
    await delay(everySeconds * 1000);
    const { requests, burn, p99Seconds, breach } = await look(query, pods, slo, windowSeconds);
    const figures =
      burn === undefined
        ? `fewer than ${slo.minRequests}, not judged`
        : `burn ${burn.toFixed(2)}, p99 ${p99Seconds?.toFixed(3) ?? '?'} s`;
    say(`${pods.service} ${pods.track}: ${Math.round(requests)} requests, ${figures}`);
    if (burn !== undefined) judged += 1;
    breaches = breach === undefined ? 0 : breaches + 1;
    if (breaches === 2) throw new Error(`${pods.service} ${pods.track}: ${breach ?? ''}.`);
  }
  if (judged === 0) {
    throw new Error(
      `${pods.service} ${pods.track}: fewer than ${slo.minRequests} requests in any window. ` +
        'It cannot be judged; send traffic, or release without watching.',
    );
  }
}
