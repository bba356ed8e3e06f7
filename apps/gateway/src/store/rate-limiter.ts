import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { childLogger, metrics } from '@quayside/telemetry';
import type { QueryConfig } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { shareOf, type RateLimit } from '../domain/rate-limits';
import { asCallError } from './call-error';

const log = childLogger({ component: 'rate-limits' });

/** How a request stands to a limit. */
export interface Verdict {
  allowed: boolean;
  remaining: number;
  /** Whole seconds until the window ends. */
  resetSeconds: number;
}

/** Counts one request of somebody. Never rejects. */
export type RateLimiter = (key: string) => Promise<Verdict>;

/** A count that takes longer is made in memory: nobody waits for a database to be let in or kept out. */
const STORE_DEADLINE_MS = 1_000;
/** A database that cannot be reached is left alone for so long. */
const STORE_PAUSE_MS = 1_000;

/** The pool as the package uses one, giving up soon. */
function impatientPool(database: Database) {
  const failures = metrics.counter(
    'gateway_rate_limit_store_failures_total',
    'Counts of shared limits that the database did not take',
  );
  let pausedUntil = 0;
  return {
    async query(config: QueryConfig) {
      if (Date.now() < pausedUntil) throw new Error('The database was away a moment ago.');
      const deadline = new Date(Date.now() + STORE_DEADLINE_MS);
      try {
        return await asCallError(database.pool.query(config), deadline);
      } catch (error) {
        const away = error instanceof QuaysideError && error.code === 'unavailable';
        if (away) pausedUntil = Date.now() + STORE_PAUSE_MS;
        failures.inc();
        log.warn({ error }, 'Shared limits are counted per replica just now');
        throw error;
      }
    },
  };
}

function counterOf(limit: RateLimit, replicas: number, database: Database) {
  const { name: keyPrefix, windowSeconds: duration } = limit;
  const memory = new RateLimiterMemory({ keyPrefix, points: shareOf(limit, replicas), duration });
  if (!limit.shared) return memory;
  return new RateLimiterPostgres({
    keyPrefix,
    points: limit.limit,
    duration,
    storeClient: impatientPool(database),
    storeType: 'pool',
    tableName: 'rate_limits',
    // By a migration; the running service may not.
    tableCreated: true,
    clearExpiredByTimeout: false,
    // Whoever is over the limit costs no statement until the window ends.
    inMemoryBlockOnConsumed: limit.limit + 1,
    insuranceLimiter: memory,
  });
}

/** The limiter of one limit; a shared one goes on per replica while the database is away. */
export function createRateLimiter(
  limit: RateLimit,
  replicas: number,
  database: Database,
): RateLimiter {
  const counter = counterOf(limit, replicas, database);
  const verdict = (allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes) => ({
    allowed,
    remaining: remainingPoints,
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  });
  return async (key) => {
    try {
      return verdict(true, await counter.consume(key));
    } catch (refusal) {
      // A refusal is thrown; so is what nobody foresaw, which must not keep everybody out.
      if (refusal instanceof RateLimiterRes) return verdict(false, refusal);
      log.error({ error: refusal }, 'A request could not be counted');
      return { allowed: true, remaining: 0, resetSeconds: 1 };
    }
  };
}

/** Deletes the counts of windows that are over. */
export async function deleteOldCounts(database: Database): Promise<void> {
  await database.query('DELETE FROM rate_limits WHERE expire < $1', [Date.now()]);
}
