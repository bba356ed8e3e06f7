import type { Database, Transaction } from '@quayside/database';
import { FORGET_SECONDS } from '../domain/throttle';

/** What is known of one throttle, which is locked. */
export interface ThrottleState {
  key: Buffer;
  failures: number;
  /** Seconds that are left to wait; not above 0 when nothing is. */
  waitSeconds: number;
}

/** Locks throttles, made when they do not exist, in the order of their keys: two callers never wait for each other. */
export function lockThrottles(tx: Transaction, keys: readonly Buffer[]): Promise<ThrottleState[]> {
  return tx.query<ThrottleState>(
    `INSERT INTO throttles AS t (key) SELECT key FROM unnest($1::bytea[]) AS key ORDER BY key
     ON CONFLICT (key) DO UPDATE SET key = excluded.key
     RETURNING key,
       CASE WHEN last_failure_at < now() - make_interval(secs => $2) THEN 0 ELSE failures END AS failures,
       extract(epoch FROM blocked_until - clock_timestamp())::float8 AS "waitSeconds"`,
    [keys, FORGET_SECONDS],
  );
}

/** Writes how many failures a locked throttle has now and how long it makes wait. */
export async function chargeThrottle(
  tx: Transaction,
  { key, failures, delaySeconds }: { key: Buffer; failures: number; delaySeconds: number },
): Promise<void> {
  await tx.query(
    `UPDATE throttles SET failures = $2, last_failure_at = clock_timestamp(),
       blocked_until = clock_timestamp() + make_interval(secs => $3)
     WHERE key = $1`,
    [key, failures, delaySeconds],
  );
}

/** Takes one attempt back that was counted and did not fail. */
export async function refundThrottles(
  database: Database,
  keys: readonly Buffer[],
  deadline: Date,
): Promise<void> {
  await database.query(
    `WITH locked AS (SELECT key FROM throttles WHERE key = ANY($1::bytea[]) ORDER BY key FOR UPDATE)
     UPDATE throttles SET failures = greatest(failures - 1, 0) FROM locked WHERE throttles.key = locked.key`,
    [keys],
    { deadline },
  );
}

/** Forgets the failures of these throttles. */
export async function forgetThrottles(tx: Transaction, keys: readonly Buffer[]): Promise<void> {
  await tx.query(
    `WITH locked AS (SELECT key FROM throttles WHERE key = ANY($1::bytea[]) ORDER BY key FOR UPDATE)
     DELETE FROM throttles USING locked WHERE throttles.key = locked.key`,
    [keys],
  );
}

/** Deletes at most `limit` throttles that count nothing any more, and says how many. */
export async function deleteOldThrottles(database: Database, limit: number): Promise<number> {
  const deleted = await database.query(
    `DELETE FROM throttles WHERE key IN (
       SELECT key FROM throttles WHERE last_failure_at < now() - make_interval(secs => $1) LIMIT $2
       FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
    [FORGET_SECONDS, limit],
  );
  return deleted.length;
}
