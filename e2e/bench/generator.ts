// The load generator: a process of its own, so that its processor time is known. Reads one job from its
// parent, answers with one result, ends.
import { randomUUID } from 'node:crypto';
import { Agent, request as send } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
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
  /** With `perSecond`: sends for so long before it counts, so that the generator is warm as well. */
  warmUpSeconds?: number;
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

/** What came back; latencies of accepted requests, in milliseconds. */
interface Answers {
  latencies: number[];
  refused: number;
  errors: number;
  seconds: number;
  /** Of this process, while it counted. */
  cpuSeconds: number;
}

/** Tells later how much processor time this process has used since now. */
function watchCpu(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

/** The requests in turn, each with a fresh idempotency key. */
function inTurn({ requests, method }: Job) {
  let turn = 0;
  return (): { headers: Record<string, string>; body?: string } => {
    const { headers = {}, body = '' } = requests[turn++ % requests.length] ?? {};
    if (method === 'GET') return { headers };
    const own = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return { body, headers: { ...headers, ...own } };
  };
}

/** Each connection sends its next request when its last is answered. */
function closedLoop(job: Job): Promise<Answers> {
  const { url, connections, seconds, method = 'POST' } = job;
  const next = inTurn(job);
  const latencies: number[] = [];
  const cpuSeconds = watchCpu();
  return new Promise((resolve, reject) => {
    const loop = autocannon(
      {
        url,
        method,
        connections,
        duration: seconds,
        requests: [{ setupRequest: (request) => ({ ...request, method, ...next() }) }],
      },
      (error: Error | null, { non2xx, errors, timeouts, duration }) => {
        if (error) reject(error);
        else {
          const unanswered = errors + timeouts;
          resolve({
            latencies,
            refused: non2xx,
            errors: unanswered,
            seconds: duration,
            cpuSeconds: cpuSeconds(),
          });
        }
      },
    );
    loop.on('response', (_client, status, _bytes, milliseconds) => {
      if (status < 300) latencies.push(milliseconds);
    });
  });
}

/**
 * Sends at even distances whatever comes back, as many strangers do; autocannon's rates come in bursts, one a second per
 * connection. Latencies count from when a request was due: one that waits for a connection waits.
 */
async function openLoop(job: Job & { perSecond: number }): Promise<Answers> {
  const { url, connections, seconds, perSecond, warmUpSeconds = 0, method = 'POST' } = job;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const next = inTurn(job);
  const answers: Answers = { latencies: [], refused: 0, errors: 0, seconds, cpuSeconds: 0 };
  const began = performance.now();
  const counts = (due: number) => due >= began + warmUpSeconds * 1000;

  const sendOne = (due: number) =>
    new Promise<void>((resolve) => {
      const fail = () => {
        if (counts(due)) answers.errors += 1;
        resolve();
      };
      const { headers, body = '' } = next();
      const length = { 'content-length': Buffer.byteLength(body) };
      const request = send(url, { agent, method, headers: { ...headers, ...length } }, (answer) => {
        answer.resume().once('error', fail);
        answer.once('end', () => {
          if (!counts(due)) resolve();
          else if (answer.statusCode === undefined || answer.statusCode >= 300)
            answers.refused += 1;
          else answers.latencies.push(performance.now() - due);
          resolve();
        });
      });
      request.once('error', fail).end(body);
    });

  const sent: Promise<void>[] = [];
  let cpuSeconds = watchCpu();
  void pause(warmUpSeconds * 1000).then(() => (cpuSeconds = watchCpu()));
  while (sent.length < perSecond * (warmUpSeconds + seconds)) {
    const due = began + (sent.length * 1000) / perSecond;
    if (due > performance.now()) await pause(1);
    else sent.push(sendOne(due));
  }
  await Promise.all(sent);
  agent.destroy();
  return { ...answers, cpuSeconds: cpuSeconds() };
}

async function run(job: Job): Promise<LoadResult> {
  const { perSecond } = job;
  const answers = await (perSecond === undefined
    ? closedLoop(job)
    : openLoop({ ...job, perSecond }));
  const latencies = answers.latencies.sort((a, b) => a - b);
  return {
    perSecond: latencies.length / answers.seconds,
    ok: latencies.length,
    refused: answers.refused,
    errors: answers.errors,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    generatorCpuSeconds: answers.cpuSeconds,
  };
}

process.once('message', (job: Job) => {
  void run(job).then((result) => {
    process.send?.(result, () => process.disconnect());
  });
});
