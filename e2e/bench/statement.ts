// Statement pages of one account with ten million entries, in time that the database is busy for a page.
import { startSystem, type RunningSystem } from '@quayside/dev';
import { services, toTimestamp, type payments } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';
import { waitFor } from '@quayside/testing';
import { temporaryFolder } from '../temporary';
import { accessTokens, accountId, asOwner, openAccounts, userId } from './fleet';
import { note, type Row } from './report';

const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 10_000_000);
const AT_ONCE = 1_000_000;
const PAGES = 300;
const LIMIT = 100;
const TARGET = '< 5 ms';

/** One transfer each second; the last one is in the past. */
const firstAt = new Date(Date.now() - (ENTRIES + 3600) * 1000);
const timeOf = (number: number) => new Date(firstAt.getTime() + number * 1000);

const transferId = "('00000000-0000-7000-a000-' || lpad(number::text, 12, '0'))::uuid";

/**
 * Fills one account. What checks and follows each transfer is switched off: it would take many times as long, and what
 * is written is what it would have written.
 */
async function fill(system: RunningSystem): Promise<void> {
  await asOwner(
    system,
    'ALTER TABLE transfers DISABLE TRIGGER post_transfers',
    `ALTER TABLE transfers DROP CONSTRAINT transfers_debit_account_id_currency_fkey,
       DROP CONSTRAINT transfers_credit_account_id_currency_fkey`,
    `ALTER TABLE entries DROP CONSTRAINT entries_account_id_fkey,
       DROP CONSTRAINT entries_transfer_id_fkey`,
  );
  for (let done = 0; done < ENTRIES; done += AT_ONCE) {
    const numbers = `generate_series(${done + 1}, ${Math.min(ENTRIES, done + AT_ONCE)}) AS number`;
    await asOwner(
      system,
      `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
         description, created_at)
       SELECT ${transferId}, account_id, '${accountId(1)}', 'EUR', 1, 'top_up', ${transferId}, 'Top-up',
         '${firstAt.toISOString()}'::timestamptz + number * interval '1 second'
       FROM ${numbers}, accounts WHERE system_name = 'funding' AND accounts.currency = 'EUR'`,
      `INSERT INTO entries (account_id, entry_number, transfer_id, amount, balance_after)
       SELECT '${accountId(1)}', number, ${transferId}, 1, number FROM ${numbers}`,
    );
    note(`${((done + AT_ONCE) / 1e6).toFixed(0)} of ${ENTRIES / 1e6} million entries`);
  }
  await asOwner(
    system,
    `UPDATE accounts SET balance = ${ENTRIES}, entry_count = ${ENTRIES} WHERE account_id = '${accountId(1)}'`,
    'VACUUM ANALYZE',
  );
}

/** Milliseconds that PostgreSQL has been busy with statements in payments' database so far. */
async function busyMs(system: RunningSystem): Promise<number> {
  // A session that has reported within the last second keeps what comes after for up to ten: asked sooner, work of one
  // row is counted for the next.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  const [row] = await asOwner<{ ms: number }>(
    system,
    'SELECT active_time AS ms FROM pg_stat_database WHERE datname = current_database()',
  );
  return row?.ms ?? 0;
}

type Request = Pick<payments.GetStatementRequest, 'cursor' | 'from' | 'to'>;

async function connect(system: RunningSystem) {
  const [token = ''] = await accessTokens(system, 1);
  const port = system.services.find(({ name }) => name === 'payments')?.ports.grpc;
  const client = createRpcClient({
    name: 'payments',
    definition: services.payments,
    address: `127.0.0.1:${port}`,
  });
  const caller = { kind: 'user', userId: userId(1), scopes: [], tokenId: '', token } as const;
  const page = (request: Request) =>
    client.GetStatement({ accountId: accountId(1), limit: LIMIT, ...request }, { caller });
  return { page, close: () => client.close() };
}

/** The rows of statement pages. */
export async function statement(): Promise<Row[]> {
  const system = await startSystem({
    dataDir: temporaryFolder(),
    ports: 'free',
    quiet: true,
    removeOnStop: true,
    only: ['payments'],
  });
  try {
    await openAccounts(system, 1);
    await fill(system);
    const { page, close } = await connect(system);
    // The key that signed the token has just been published; whoever verifies looks again once in a while.
    await waitFor(() => page({}), { description: 'the first page', timeoutMs: 180_000 });
    const anyTime = () => toTimestamp(timeOf(1 + Math.floor(Math.random() * ENTRIES)));
    const cursors: string[] = [];
    for (let count = 0; count < PAGES; count += 1) {
      cursors.push((await page({ to: anyTime() })).nextCursor);
    }

    const measure = async (name: string, requestOf: (turn: number) => Request): Promise<Row> => {
      const before = await busyMs(system);
      for (let turn = 0; turn < PAGES; turn += 1) {
        const { entries } = await page(requestOf(turn));
        if (entries.length === 0) throw new Error(`${name}: an empty page`);
      }
      const value = ((await busyMs(system)) - before) / PAGES;
      return { name: `${name}, ${LIMIT} of ${ENTRIES} entries`, value, unit: 'ms', target: TARGET };
    };
    const rows = [
      await measure('statement: newest page', () => ({})),
      await measure('statement: page at any cursor', (turn) => ({ cursor: cursors[turn] ?? '' })),
      await measure('statement: first page of any period', () => {
        const to = anyTime();
        return { from: { seconds: Number(to.seconds) - 86_400, nanos: 0 }, to };
      }),
    ];
    close();
    return rows;
  } finally {
    await system.stop();
  }
}
