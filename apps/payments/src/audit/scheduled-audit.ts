import type { Job } from '@quayside/chassis';
import type { Database } from '@quayside/database';
import { childLogger, metrics } from '@quayside/telemetry';
import type { CardProcessor } from '../card/processor';
import { readChecks, type Check } from './checks';
import { processorChecks, type Comparison } from './processor-checks';

const log = childLogger({ component: 'audit' });

/** A check that takes longer is given up, and said to be: the ledger has better things to do. */
const CHECK_TIMEOUT_MS = 60_000;

/** Findings that are logged per check; their number is in the metric. */
const MOST_ROWS = 5;

const findingsGauge = () =>
  metrics.gauge('payments_audit_findings', 'Rows that break a rule of the ledger.', ['check']);

const lastRunGauge = () =>
  metrics.gauge(
    'payments_audit_last_success_timestamp_seconds',
    'When this replica last ran all checks of the ledger; 0: not yet.',
  );

/** A check, with what its parameters are given if it has some. */
type Runnable = Check & Partial<Comparison>;

interface Findings {
  count: number;
  /** The first of them. */
  rows: object[];
}

/** Runs one check on a snapshot of its own. Rejects with DeadlineError when it takes too long. */
function findingsOf(database: Database, { sql, values }: Runnable): Promise<Findings> {
  const query = sql.trimEnd().replace(/;$/, '');
  return database.transaction(
    async (tx) => {
      await tx.query('SET TRANSACTION READ ONLY');
      // A broken ledger may have millions of findings: they are counted where they are.
      const found = await tx.query<{ count: bigint; row: object }>(
        `SELECT count(*) OVER () AS count, to_jsonb(found) AS row FROM (${query}\n) AS found LIMIT ${MOST_ROWS}`,
        values,
      );
      return { count: Number(found[0]?.count ?? 0n), rows: found.map(({ row }) => row) };
    },
    { deadline: new Date(Date.now() + CHECK_TIMEOUT_MS) },
  );
}

/** Runs one check and tells what it found; false when it could not be run. */
async function report(database: Database, check: Runnable): Promise<boolean> {
  try {
    const { count, rows } = await findingsOf(database, check);
    findingsGauge().set({ check: check.name }, count);
    if (count > 0) {
      log.error(
        { check: check.name, count, rows },
        'A rule of the ledger is broken. Run npm run audit, and see docs/payments.md',
      );
    }
    return true;
  } catch (error) {
    log.error({ check: check.name, error }, 'A rule of the ledger could not be checked');
    return false;
  }
}

/** The comparisons with the card processor, or undefined when it does not list. */
async function comparisons(processor: CardProcessor): Promise<Comparison[] | undefined> {
  try {
    return await processorChecks(processor);
  } catch (error) {
    log.error({ error }, 'The card processor could not be compared with');
    return undefined;
  }
}

/** Runs all checks one after another; what they find is in the metrics and in the log. */
export async function runAudit(
  database: Database,
  checks: readonly Check[],
  { processor, signal }: { processor?: CardProcessor; signal?: AbortSignal } = {},
): Promise<void> {
  const compared = processor ? await comparisons(processor) : [];
  let all = compared !== undefined;
  for (const check of [...checks, ...(compared ?? [])]) {
    if (signal?.aborted) return;
    all = (await report(database, check)) && all;
  }
  if (all) lastRunGauge().set(Date.now() / 1000);
}

/** 'quay' in ASCII, and the audit. */
const LOCK = [0x71756179, 2] as const;

/** Runs `work` unless another replica is at it; false: it was. */
async function ifAlone(database: Database, work: () => Promise<void>): Promise<boolean> {
  const session = await database.session({ name: 'audit' });
  try {
    const [row] = await session.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS locked',
      [...LOCK],
    );
    if (row?.locked !== true) return false;
    await work();
    return true;
  } finally {
    await session.close();
  }
}

/** The reconciliation as a job of the service: every replica in its turn, never two at once. */
export function scheduledAudit(
  database: Database,
  everyMs: number,
  processor?: CardProcessor,
): Job {
  const checks = readChecks();
  lastRunGauge().set(0);
  return {
    name: 'audit the ledger',
    everyMs,
    // Not at the start: a rolling update would run it once for every replica.
    firstAfterMs: everyMs,
    async run(signal) {
      const done = await ifAlone(database, () => runAudit(database, checks, { processor, signal }));
      if (!done) log.info('Another replica audits the ledger');
    },
  };
}
