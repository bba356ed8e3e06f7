// Payments over gRPC straight to `payments`, beside the plain transaction on the same server and data.
import { startSystem, type RunningSystem } from '@quayside/dev';
import { temporaryFolder } from '../temporary';
import { accessTokens, asOwner, fundAccounts, openAccounts } from './fleet';
import { runSqlFloor } from './floor-sql';
import { generateCalls } from './load';
import { watchOutbox } from './outbox-age';
import { findPgbench, runPgbench, type PlainSql } from './pgbench';
import { note, SECONDS, WARM_UP_SECONDS, type Row } from './report';

const HOT_TARGET = 3;

/** Plain SQL at its best. payments does not run meanwhile: nothing else uses its database, and no relay the outbox. */
async function plainSql(system: RunningSystem) {
  const program = await findPgbench();
  const seconds = Math.max(2, Math.round(SECONDS / 4));
  await system.stopProcess('payments');
  try {
    if (program === undefined) {
      note(
        'pgbench is not installed (Debian: postgresql-contrib): the driver of this bench stands in, at 32 clients',
      );
      const own = async (hot: boolean): Promise<PlainSql> => {
        const { perSecond } = await runSqlFloor(system, { connections: 32, seconds, hot });
        return { perSecond, clients: 32 };
      };
      return { spread: await own(false), hot: await own(true) };
    }
    const spread = await runPgbench(program, system, { hot: false, seconds });
    const hot = await runPgbench(program, system, { hot: true, seconds });
    return { spread, hot };
  } finally {
    await asOwner(system, 'DELETE FROM outbox', 'VACUUM ANALYZE');
    await system.startProcess('payments');
  }
}

/** The rows of payments over gRPC. */
export async function direct(): Promise<Row[]> {
  const system = await startSystem({
    dataDir: temporaryFolder(),
    ports: 'free',
    quiet: true,
    removeOnStop: true,
    only: ['payments'],
  });
  try {
    await openAccounts(system);
    await fundAccounts(system);
    const tokens = await accessTokens(system);
    note('plain SQL: pgbench with 4 to 64 clients, then all to one account');
    const plain = await plainSql(system);
    const port = system.services.find(({ name }) => name === 'payments')?.ports.grpc;
    const job = { address: `127.0.0.1:${port}`, tokens, seconds: SECONDS, hot: false };
    note(`gRPC: ${WARM_UP_SECONDS} s to warm up, ${SECONDS} s for each number of callers`);
    // At least once each: payments verifies a token that it has not seen.
    const warmUp = { seconds: WARM_UP_SECONDS, atLeast: tokens.length };
    await generateCalls({ ...job, ...warmUp, callers: 256 });
    const rowOf = async (name: string, callers: number, hot: boolean, target?: string) => {
      const result = await generateCalls({ ...job, callers, hot });
      if (result.refused > 0) note(`${name}: ${result.refused} refused`);
      const floor = hot ? plain.hot : plain.spread;
      note(`${name}: p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms`);
      const { perSecond, generatorCpuSeconds } = result;
      const ratio = perSecond / floor.perSecond;
      const measured = { value: perSecond, floor: floor.perSecond, ratio, generatorCpuSeconds };
      return { name, unit: '/s', ...measured, ...(target !== undefined && { target }) };
    };
    const one = await rowOf('payments over gRPC, 1 caller', 1, false);
    const some = await rowOf('payments over gRPC, 32 callers', 32, false);
    const outbox = await watchOutbox(system);
    const many = await rowOf('payments over gRPC, 256 callers', 256, false, '>= 1 of pgbench');
    const age = await outbox.stop();
    const hotName = 'payments over gRPC to one account, 256 callers';
    const hot = await rowOf(hotName, 256, true, `>= ${HOT_TARGET} of pgbench`);
    const { spread, hot: plainHot } = plain;
    return [
      one,
      some,
      many,
      hot,
      {
        name: 'outbox: age of the oldest row, 256 callers',
        value: age,
        unit: 's',
        target: '< 1 s',
      },
      { name: `plain SQL, ${spread.clients} clients`, value: spread.perSecond, unit: '/s' },
      {
        name: `plain SQL to one account, ${plainHot.clients} clients`,
        value: plainHot.perSecond,
        unit: '/s',
      },
    ];
  } finally {
    await system.stop();
  }
}
