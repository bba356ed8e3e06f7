import type { Database, Transaction } from '@quayside/database';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { delayAfter, type Throttle } from '../domain/throttle';
import {
  chargeThrottle,
  lockThrottles,
  refundThrottles,
  type ThrottleState,
} from '../store/throttles';

const byKey = (states: readonly ThrottleState[]) =>
  new Map(states.map((state) => [state.key.toString('hex'), state]));

const keysOf = (throttles: readonly Throttle[]) => throttles.map(({ key }) => key);

async function charge(
  tx: Transaction,
  throttles: readonly Throttle[],
  states: readonly ThrottleState[],
): Promise<void> {
  const found = byKey(states);
  for (const { key, rule } of throttles) {
    const failures = (found.get(key.toString('hex'))?.failures ?? 0) + 1;
    await chargeThrottle(tx, { key, failures, delaySeconds: delayAfter(failures, rule) });
  }
}

/**
 * Lets an attempt pass, and counts it where attempts are counted. Throws rate_limited, and counts nothing, while one of the
 * throttles makes wait: asking again too early does not make it longer.
 */
export async function admit(
  database: Database,
  throttles: readonly Throttle[],
  deadline: Date,
): Promise<void> {
  if (throttles.length === 0) return;
  const retryAfterSeconds = await database.transaction(
    async (tx) => {
      const states = await lockThrottles(tx, keysOf(throttles));
      const wait = Math.max(...states.map(({ waitSeconds }) => waitSeconds));
      if (wait > 0) return wait;
      const counted = throttles.filter(({ counts }) => counts === 'attempt');
      await charge(tx, counted, states);
      return undefined;
    },
    { deadline },
  );
  if (retryAfterSeconds === undefined) return;
  throw new QuaysideError('rate_limited', 'Too many attempts. Try again later.', {
    retryAfterSeconds,
  });
}

async function countFailure(database: Database, throttles: readonly Throttle[]): Promise<void> {
  const counted = throttles.filter(({ counts }) => counts === 'failure');
  if (counted.length === 0) return;
  await database.transaction(async (tx) => {
    await charge(tx, counted, await lockThrottles(tx, keysOf(counted)));
  });
}

async function takeBack(database: Database, throttles: readonly Throttle[]): Promise<void> {
  const counted = throttles.filter(({ counts }) => counts === 'attempt');
  if (counted.length > 0) await refundThrottles(database, keysOf(counted));
}

/** What a throttled attempt is counted against, and which of its errors count as failures. */
export interface ThrottledAttempt {
  database: Database;
  throttles: readonly Throttle[];
  failures: readonly ErrorCode[];
  deadline: Date;
}

/** Makes an attempt if the throttles let it pass. Throws rate_limited when not, else what the attempt throws. */
export async function throttled<T>(
  { database, throttles, failures, deadline }: ThrottledAttempt,
  attempt: () => Promise<T>,
): Promise<T> {
  await admit(database, throttles, deadline);
  try {
    const result = await attempt();
    await takeBack(database, throttles);
    return result;
  } catch (error) {
    const failed = error instanceof QuaysideError && failures.includes(error.code);
    await (failed ? countFailure(database, throttles) : takeBack(database, throttles));
    throw error;
  }
}
