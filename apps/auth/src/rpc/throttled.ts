import type { Database, Transaction } from '@quayside/database';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { logger } from '@quayside/telemetry';
import { delayAfter, type Throttle } from '../domain/throttle';
import {
  chargeThrottle,
  forgetThrottles,
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
  const failuresOf = (key: Buffer) => (found.get(key.toString('hex'))?.failures ?? 0) + 1;
  for (const { key } of throttles) {
    const delays = throttles
      .filter(({ key: own, waitsAt = own }) => waitsAt.equals(key))
      .map((one) => delayAfter(failuresOf(one.key), one.rule));
    await chargeThrottle(tx, {
      ...{ key, failures: failuresOf(key) },
      delaySeconds: Math.max(0, ...delays),
    });
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

async function countFailure({ database, throttles, deadline }: ThrottledAttempt): Promise<void> {
  const counted = throttles.filter(({ counts }) => counts === 'failure');
  if (counted.length === 0) return;
  await database.transaction(
    async (tx) => {
      await charge(tx, counted, await lockThrottles(tx, keysOf(counted)));
    },
    { deadline },
  );
}

// What the caller asked for is decided already: that their count stays too high for a while changes nothing about it.
async function butLog(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    logger.warn({ error }, 'An attempt that did not fail stays counted until it is forgotten');
  }
}

async function takeBack({ database, throttles, deadline }: ThrottledAttempt): Promise<void> {
  const counted = throttles.filter(({ counts }) => counts === 'attempt');
  if (counted.length > 0) await butLog(refundThrottles(database, keysOf(counted), deadline));
}

/** Forgets the failures of a throttle whose owner has just shown who they are. Does not throw: they have. */
export function forgive(database: Database, { key }: Throttle, deadline: Date): Promise<void> {
  return butLog(database.transaction((tx) => forgetThrottles(tx, [key]), { deadline }));
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
  throttledAttempt: ThrottledAttempt,
  attempt: () => Promise<T>,
): Promise<T> {
  const { database, throttles, failures, deadline } = throttledAttempt;
  await admit(database, throttles, deadline);
  let result: T;
  try {
    result = await attempt();
  } catch (error) {
    const failed = error instanceof QuaysideError && failures.includes(error.code);
    await (failed ? countFailure(throttledAttempt) : takeBack(throttledAttempt));
    throw error;
  }
  await takeBack(throttledAttempt);
  return result;
}
