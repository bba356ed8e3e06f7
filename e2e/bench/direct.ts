// Payments over gRPC straight to `payments`, beside the plain transaction on the same server and data.
import { startSystem, type RunningSystem } from '@quayside/dev';
import { temporaryFolder } from '../temporary';
import { accessTokens, asOwner, fundAccounts, openAccounts } from './fleet';
import { runSqlFloor } from './floor-sql';
import { generateCalls } from './load';
import { watchOutbox } from './outbox-age';
import { findPgbench, runPgbench, type PlainSql } from './pgbench';
import { note, SECONDS, WARM_UP_SECONDS, type Row } from './report';

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

/** Before and after what runs in between, as one row: what a machine gains or loses meanwhile is then the same for both. */
function plainRow(name: string, before: PlainSql, after: PlainSql) {
  note(`${name}: ${Math.round(before.perSecond)}/s before, ${Math.round(after.perSecond)}/s after`);
  const clients = [...new Set([before.clients, after.clients])].join(' and ');
  return {
    name: `${name}, ${clients} clients, mean of before and after`,
    value: (before.perSecond + after.perSecond) / 2,
    unit: '/s',
  };
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
    const before = await plainSql(system);
    const port = system.services.find(({ name }) => name === 'payments')?.ports.grpc;
    const job = { address: `127.0.0.1:${port}`, tokens, seconds: SECONDS };
    note(`gRPC: ${WARM_UP_SECONDS} s to warm up, ${SECONDS} s for each number of callers`);
    // At least once each: payments verifies a token that it has not seen.
    const warmUp = { seconds: WARM_UP_SECONDS, atLeast: tokens.length };
    await generateCalls({ ...job, ...warmUp, callers: 256, hot: false });
    const measure = async (name: string, callers: number, hot: boolean) => {
      const { perSecond, generatorCpuSeconds, ...rest } = await generateCalls({
        ...job,
        callers,
        hot,
      });
      if (rest.refused > 0) note(`${name}: ${rest.refused} refused`);
      note(`${name}: p50 ${rest.p50.toFixed(1)} ms, p99 ${rest.p99.toFixed(1)} ms`);
      const row: Row = { name, value: perSecond, unit: '/s', generatorCpuSeconds };
      return { beside: ({ value: floor }: Row) => ({ ...row, floor, ratio: perSecond / floor }) };
    };
    const one = await measure('payments over gRPC, 1 caller', 1, false);
    const some = await measure('payments over gRPC, 32 callers', 32, false);
    const outbox = await watchOutbox(system);
    const many = await measure('payments over gRPC, 256 callers', 256, false);
    const age = await outbox.stop();
    const hot = await measure('payments over gRPC to one account, 256 callers', 256, true);
    note('plain SQL once more');
    const after = await plainSql(system);
    const plain = plainRow('plain SQL', before.spread, after.spread);
    const plainHot = plainRow('plain SQL to one account', before.hot, after.hot);
    return [
      one.beside(plain),
      some.beside(plain),
      { ...many.beside(plain), target: '>= 1 of pgbench' },
      { ...hot.beside(plainHot), target: '>= 3 of pgbench' },
      {
        name: 'outbox: age of the oldest row, 256 callers',
        value: age,
        unit: 's',
        target: '< 1 s',
      },
      plain,
      plainHot,
    ];
  } finally {
    await system.stop();
  }
}
