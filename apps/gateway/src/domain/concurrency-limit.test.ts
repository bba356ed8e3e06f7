import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createConcurrencyLimit, type ConcurrencyLimit } from './concurrency-limit';

const sample = (
  limit: ConcurrencyLimit,
  kind: string,
  milliseconds: number,
  inFlight: number,
  part = 'payments',
) => limit.took({ part, kind, milliseconds, inFlight });

/** A limit from 8 to 256 that knows how long payments take without load. */
function knowing(milliseconds: number): ConcurrencyLimit {
  const limit = createConcurrencyLimit({ min: 8, max: 256 });
  for (let n = 0; n < 50; n += 1) sample(limit, 'pay', milliseconds, 1);
  return limit;
}

/** Runs `work` on a clock that goes on by `step` milliseconds whenever it is read. */
function withClock({ mock }: TestContext, step: number, work: () => void): void {
  let now = performance.now();
  const clock = mock.method(performance, 'now', () => (now += step));
  work();
  clock.mock.restore();
}

/**
 * A system that carries `carries` requests at once in 10 ms each and makes the others wait; `wanted` want to be in
 * it all the time. Gives the limit after `seconds`.
 */
function limitAfter(
  { mock }: TestContext,
  { carries, wanted, seconds }: { carries: number; wanted: number; seconds: number },
): number {
  let now = 0;
  const clock = mock.method(performance, 'now', () => now);
  const limit = knowing(10);
  while (now < seconds * 1000) {
    const inFlight = Math.min(wanted, Math.floor(limit.limit));
    if (wanted > inFlight) limit.shed();
    const took = 10 * Math.max(1, inFlight / carries);
    for (let n = 0; n < inFlight; n += 1) sample(limit, 'pay', took, inFlight);
    now += took;
  }
  clock.mock.restore();
  return limit.limit;
}

test('too much of everything: so many are carried as keep the time within what is borne', (context) => {
  const limit = limitAfter(context, { carries: 20, wanted: 1000, seconds: 30 });
  assert.ok(limit >= 20 && limit <= 20 * 3.5, `The limit is ${limit}`);
});

test('the limit stays where it is when there is nothing to learn', (context) => {
  assert.equal(limitAfter(context, { carries: 20, wanted: 10, seconds: 30 }), 256);
});

test('it never falls below the least, however slow everything is', (context) => {
  assert.equal(limitAfter(context, { carries: 1, wanted: 1000, seconds: 60 }), 8);
});

test('it opens again when the system carries more', (context) => {
  const limit = knowing(1);
  withClock(context, 50, () => {
    for (let n = 0; n < 2000; n += 1) sample(limit, 'pay', 50, 60);
    assert.ok(limit.limit < 60, `The limit is ${limit.limit}`);
    for (let n = 0; n < 4000; n += 1) sample(limit, 'pay', 1, Math.floor(limit.limit));
  });
  assert.equal(limit.limit, 256);
});

test('few that are slow are not too many, one more is', (context) => {
  const limit = knowing(1);
  withClock(context, 50, () => {
    for (let n = 0; n < 200; n += 1) sample(limit, 'pay', 1_000, 8);
    assert.equal(limit.limit, 256);
    for (let n = 0; n < 200; n += 1) sample(limit, 'pay', 1_000, 9);
  });
  assert.equal(limit.limit, 8);
});

test('one part that is slow is no reason for a limit of all to fall, all of them are', (context) => {
  const limit = knowing(10);
  const both = (profileMs: number) => {
    for (let n = 0; n < 4000; n += 1) {
      sample(limit, 'pay', 1_000, 40);
      sample(limit, 'profile', profileMs, 40, 'users');
    }
  };
  withClock(context, 5, () => {
    both(2);
    assert.equal(limit.limit, 256);
    both(200);
  });
  assert.ok(limit.limit < 40, `The limit is ${limit.limit}`);
});

test('slow kinds beside fast ones are no overload', (context) => {
  const limit = createConcurrencyLimit({ min: 8, max: 256 });
  withClock(context, 5, () => {
    for (let n = 0; n < 4000; n += 1) sample(limit, n % 2 ? 'login' : 'read', n % 2 ? 200 : 2, 20);
  });
  assert.equal(limit.limit, 256);
});
