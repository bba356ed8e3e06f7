// More than can be carried: what is accepted stays fast, and as much is accepted as before. And reads of signed-in people.
import { startTemporarySystem } from '../temporary';
import type { Job, LoadResult } from './generator';
import { generateLoad } from './load';
import { paymentRequests } from './payments';
import { note, SECONDS, WARM_UP_SECONDS, type Row } from './report';

/** Seconds of each kind of load before it is measured. */
const SETTLING_SECONDS = 10;
/** As many as without shedding bring the most. */
const CONNECTIONS = 32;
/** Enough that a slow answer keeps no request from being sent. */
const OPEN_CONNECTIONS = 256;
const TIMES = 3;

/** The load, measured after some of its like: turning away is code that has to get warm too. */
async function settledLoad(job: Job): Promise<LoadResult> {
  if (job.perSecond !== undefined) return generateLoad({ ...job, warmUpSeconds: SETTLING_SECONDS });
  await generateLoad({ ...job, seconds: SETTLING_SECONDS });
  return generateLoad(job);
}

/** Of two of a kind the mean. */
function meanOf([one, other]: [LoadResult, LoadResult]): LoadResult {
  const names = Object.keys(one) as (keyof LoadResult)[];
  const pairs = names.map((name) => [name, (one[name] + other[name]) / 2]);
  return Object.fromEntries(pairs) as Record<keyof LoadResult, number>;
}

function rowsOf(peak: LoadResult, half: LoadResult, over: LoadResult): Row[] {
  const { generatorCpuSeconds } = over;
  const all = over.ok + over.refused + over.errors;
  note(`${over.refused} of ${all} were turned away, ${over.errors} failed`);
  return [
    { name: 'payments, the most that is carried', value: peak.perSecond, unit: '/s' },
    { name: 'payment latency p99 at half of it', value: half.p99, unit: 'ms' },
    {
      name: `payments accepted at ${TIMES} times of it`,
      value: over.perSecond,
      unit: '/s',
      floor: peak.perSecond,
      ratio: over.perSecond / peak.perSecond,
      target: '>= 0.8 of the most',
      generatorCpuSeconds,
    },
    {
      name: `payment latency p99 at ${TIMES} times of it, accepted ones`,
      value: over.p99,
      unit: 'ms',
      floor: half.p99,
      ratio: over.p99 / half.p99,
      target: '<= 4 of p99 at half',
      generatorCpuSeconds,
    },
  ];
}

/** Payments at half of what is carried and at three times of it; `GET /overview` of signed-in people. */
export async function overload(): Promise<Row[]> {
  const system = await startTemporarySystem();
  try {
    const requests = await paymentRequests(system);
    const job: Job = {
      url: `${system.gatewayUrl}/api/v1/payments`,
      connections: CONNECTIONS,
      seconds: SECONDS,
      requests,
    };
    note(`overload: ${WARM_UP_SECONDS} s to warm up, then the most that is carried`);
    await generateLoad({ ...job, seconds: WARM_UP_SECONDS });
    const peak = await settledLoad(job);
    const atTimes = (times: number) => {
      const perSecond = Math.round(peak.perSecond * times);
      note(`overload: ${times} times that, ${perSecond}/s`);
      return settledLoad({ ...job, connections: OPEN_CONNECTIONS, perSecond });
    };
    const half = await atTimes(0.5);
    const over = await atTimes(TIMES);
    // And back again: what a machine gains or loses meanwhile is then the same for all three.
    const overAgain = await atTimes(TIMES);
    const halfAgain = await atTimes(0.5);
    note('overload: the most that is carried, again');
    const peakAgain = await settledLoad(job);
    note('reads: GET /overview');
    const reads: Job = { ...job, method: 'GET', url: `${system.gatewayUrl}/api/v1/overview` };
    const overview = await settledLoad(reads);
    return [
      ...rowsOf(meanOf([peak, peakAgain]), meanOf([half, halfAgain]), meanOf([over, overAgain])),
      {
        name: 'GET /overview, 32 connections',
        value: overview.perSecond,
        unit: '/s',
        generatorCpuSeconds: overview.generatorCpuSeconds,
      },
      { name: 'GET /overview latency p99', value: overview.p99, unit: 'ms' },
    ];
  } finally {
    await system.stop();
  }
}
