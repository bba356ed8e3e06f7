// The load generator: a process of its own, so that its processor time is known. Reads one job from its
// parent, answers with one result, ends.
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

/** A closed loop of POSTs, or so many a second whatever comes back. */
export interface Job {
  url: string;
  connections: number;
  seconds: number;
  /** Default: POST with a body and a fresh idempotency key. */
  method?: 'GET';
  /** Requests per second of all connections together; unset: each sends its next when its last is answered. */
  perSecond?: number;
  /** One of these is sent each time, in turn. */
  requests: { headers: Record<string, string>; body: string }[];
}

/** What the loop measured; latencies in milliseconds. */
export interface LoadResult {
  perSecond: number;
  ok: number;
  refused: number;
  errors: number;
  p50: number;
  p95: number;
  p99: number;
  generatorCpuSeconds: number;
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Sends the requests in turn, each with a fresh idempotency key. */
function inTurn({ requests, method }: Job): autocannon.Request {
  let turn = 0;
  return {
    setupRequest: (request) => {
      const next = requests[turn++ % requests.length];
      if (method === 'GET') return { ...request, method, headers: next?.headers };
      return {
        ...request,
        body: next?.body,
        headers: {
          ...next?.headers,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
      };
    },
  };
}

function loadOf(job: Job) {
  const { url, connections, seconds, perSecond } = job;
  const latencies: number[] = [];
  return new Promise<{ result: autocannon.Result; latencies: number[] }>((resolve, reject) => {
    const options = {
      url,
      connections,
      duration: seconds,
      requests: [inTurn(job)],
      ...(perSecond !== undefined && { overallRate: perSecond }),
    };
    const loop = autocannon(
      { ...options, method: job.method ?? 'POST' },
      (error: Error | null, result) => {
        if (error) reject(error);
        else resolve({ result, latencies: latencies.sort((a, b) => a - b) });
      },
    );
    loop.on('response', (_client, status, _bytes, milliseconds) => {
      if (status < 300) latencies.push(milliseconds);
    });
  });
}

async function run(job: Job): Promise<LoadResult> {
  const cpuBefore = process.cpuUsage();
  const { result, latencies } = await loadOf(job);
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: latencies.length / result.duration,
    ok: latencies.length,
    refused: result.non2xx,
    errors: result.errors + result.timeouts,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    generatorCpuSeconds: (cpu.user + cpu.system) / 1e6,
  };
}

process.once('message', (job: Job) => {
  void run(job).then((result) => {
    process.send?.(result, () => process.disconnect());
  });
});
