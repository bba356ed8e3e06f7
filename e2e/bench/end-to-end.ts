// Payments end to end: over HTTP through the gateway, beside an echo and plain SQL.
import { startTemporarySystem } from '../temporary';
import { startEchoFloor } from './floor-echo';
import { runSqlFloor } from './floor-sql';
import type { LoadResult } from './generator';
import { generateLoad } from './load';
import { paymentBody, paymentRequests } from './payments';
import { familyUsage, watchProcesses } from './processes';
import { note, SECONDS, WARM_UP_SECONDS, type Row } from './report';
import { firstPayment, measureStart } from './start';

const CONNECTIONS = 32;
const SERVICES = ['gateway', 'auth', 'users', 'payments'];

async function measureEchoFloor() {
  note('floor (a): Express + grpc-js echo');
  const echo = await startEchoFloor();
  try {
    const requests = [{ headers: {}, body: paymentBody('payee') }];
    const job = { url: echo.url, connections: CONNECTIONS, requests };
    await generateLoad({ ...job, seconds: WARM_UP_SECONDS });
    return await generateLoad({ ...job, seconds: SECONDS });
  } finally {
    await echo.stop();
  }
}

/** The echo before and after, as one row: what a machine gains or loses meanwhile is then the same for both. */
function echoRow(before: LoadResult, after: LoadResult): Row {
  note(`echo: ${Math.round(before.perSecond)}/s before, ${Math.round(after.perSecond)}/s after`);
  return {
    name: 'echo floor, mean of before and after',
    value: (before.perSecond + after.perSecond) / 2,
    unit: '/s',
    generatorCpuSeconds: (before.generatorCpuSeconds + after.generatorCpuSeconds) / 2,
  };
}

/** The rows of payments end to end, of memory at rest and of start-up. */
export async function endToEnd(): Promise<Row[]> {
  const startSeconds = await measureStart();
  const echoBefore = await measureEchoFloor();
  const system = await startTemporarySystem();
  try {
    await firstPayment(system.gatewayUrl);
    const processes = system.services.flatMap(({ name, pid }) =>
      pid === undefined ? [] : [{ name, pid }],
    );
    const services = processes.filter(({ name }) => SERVICES.includes(name));
    const idleMiB = services.reduce((sum, { pid }) => sum + familyUsage(pid).residentMiB, 0);
    const requests = await paymentRequests(system);
    const job = { url: `${system.gatewayUrl}/api/v1/payments`, connections: CONNECTIONS, requests };
    note(`payments: ${WARM_UP_SECONDS} s to warm up, ${SECONDS} s measured`);
    await generateLoad({ ...job, seconds: WARM_UP_SECONDS });
    const watch = watchProcesses(processes);
    const payments = await generateLoad({ ...job, seconds: SECONDS });
    const usage = watch.stop();
    if (payments.refused + payments.errors > 0) {
      note(`${payments.refused} refused, ${payments.errors} without an answer`);
    }
    note('floor (b): the same SQL on the same server, without services');
    const sql = await runSqlFloor(system, { connections: CONNECTIONS, seconds: SECONDS });
    await system.stop();
    const echo = echoRow(echoBefore, await measureEchoFloor());
    return [
      {
        name: 'payments end to end, 32 connections',
        value: payments.perSecond,
        unit: '/s',
        floor: echo.value,
        ratio: payments.perSecond / echo.value,
        target: '>= 0.35 of echo',
        generatorCpuSeconds: payments.generatorCpuSeconds,
      },
      {
        name: 'payments end to end, beside plain SQL',
        value: payments.perSecond,
        unit: '/s',
        floor: sql.perSecond,
        ratio: payments.perSecond / sql.perSecond,
        generatorCpuSeconds: payments.generatorCpuSeconds,
      },
      { name: 'payment latency p50', value: payments.p50, unit: 'ms' },
      { name: 'payment latency p95', value: payments.p95, unit: 'ms' },
      { name: 'payment latency p99', value: payments.p99, unit: 'ms' },
      echo,
      {
        name: 'SQL floor',
        value: sql.perSecond,
        unit: '/s',
        generatorCpuSeconds: sql.generatorCpuSeconds,
      },
      ...usage.flatMap(({ name, cpuSeconds, peakMiB }) => [
        { name: `${name}: CPU`, value: cpuSeconds, unit: 's' },
        { name: `${name}: peak resident memory`, value: peakMiB, unit: 'MiB' },
      ]),
      {
        name: 'four services idle, resident memory',
        value: idleMiB,
        unit: 'MiB',
        target: '<= 450 MiB',
      },
      {
        name: 'npm start to first accepted payment',
        value: startSeconds,
        unit: 's',
        target: '<= 12 s',
      },
    ];
  } finally {
    await system.stop();
  }
}
