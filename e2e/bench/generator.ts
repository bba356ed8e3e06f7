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
  perSecond: number;
  /** Turned away with 503. */
  refused: number;
  /** Answered with anything else, or not at all. */
  errors: number;
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
  const { url, connections, seconds } = job;
  const method: 'GET' | 'POST' = job.method ?? 'POST';
  const next = inTurn(job);
  const latencies: number[] = [];
  let [refused, failed] = [0, 0];
  const cpuSeconds = watchCpu();
  return new Promise((resolve, reject) => {
    const setupRequest = (request: autocannon.Request) => ({ ...request, method, ...next() });
    const options = { url, method, connections, duration: seconds, requests: [{ setupRequest }] };
    const loop = autocannon(options, (error: Error | null, result) => {
      if (error) {
        reject(error);
        return;
      }
      const perSecond = latencies.length / result.duration;
      const errors = failed + result.errors + result.timeouts;
      resolve({ latencies, perSecond, refused, errors, cpuSeconds: cpuSeconds() });
    });
    loop.on('response', (_client, status, _bytes, milliseconds) => {
      if (status < 300) latencies.push(milliseconds);
      else if (status === 503) refused += 1;
      else failed += 1;
    });
  });
}

/** As long as autocannon waits for an answer. */
const ANSWER_MS = 10_000;

/** One request; resolves with its status, or undefined when no whole answer came. */
function sendOne(
  agent: Agent,
  url: string,
  method: string,
  { headers, body = '' }: { headers: Record<string, string>; body?: string },
): Promise<number | undefined> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const all = { ...headers, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const fail = () => resolve(undefined);
    const request = send(url, { agent, method, signal, headers: all }, (answer) => {
      answer.resume().once('error', fail);
      answer.once('end', () => resolve(answer.statusCode));
    });
    request.once('error', fail).end(body);
  });
}

/**
 * Sends at even distances whatever comes back, as many strangers do; autocannon's rates come in bursts, one a second per
 * connection. Latencies count from when a request was due: one that waits for a connection waits.
 */
async function openLoop(job: Job & { perSecond: number }): Promise<Answers> {
  const { url, method = 'POST', connections, seconds, perSecond, warmUpSeconds = 0 } = job;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const next = inTurn(job);
  const latencies: number[] = [];
  let [refused, errors, inTime] = [0, 0, 0];
  const began = performance.now();
  const from = began + warmUpSeconds * 1000;
  const until = from + seconds * 1000;

  async function sendDue(due: number): Promise<void> {
    const status = await sendOne(agent, url, method, next());
    const now = performance.now();
    const accepted = status !== undefined && status < 300;
    if (accepted && now >= from && now < until) inTime += 1;
    if (due < from) return;
    if (accepted) latencies.push(now - due);
    else if (status === 503) refused += 1;
    else errors += 1;
  }

  const sent: Promise<void>[] = [];
  let cpuSeconds = watchCpu();
  void pause(warmUpSeconds * 1000).then(() => (cpuSeconds = watchCpu()));
  const dueOf = (number: number) => began + (number * 1000) / perSecond;
  while (dueOf(sent.length) < until) {
    // At least once in a while answers are read, also when sending is behind.
    const turn = Math.min(performance.now(), dueOf(sent.length) + 5);
    while (dueOf(sent.length) <= turn) sent.push(sendDue(dueOf(sent.length)));
    await pause(1);
  }
  const used = cpuSeconds();
  await Promise.all(sent);
  agent.destroy();
  return { latencies, perSecond: inTime / seconds, refused, errors, cpuSeconds: used };
}

async function run(job: Job): Promise<LoadResult> {
  const rate = job.perSecond;
  const answers = await (rate === undefined
    ? closedLoop(job)
    : openLoop({ ...job, perSecond: rate }));
  const { perSecond, refused, errors } = answers;
  const latencies = answers.latencies.sort((a, b) => a - b);
  return {
    perSecond,
    ok: latencies.length,
    refused,
    errors,
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
