import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkLimit } from './work-limit';

const inAMinute = (): Date => new Date(Date.now() + 60_000);

/** A job that runs until it is told to end. */
function heldJob(): { job: () => Promise<string>; started: () => boolean; end: () => void } {
  let started = false;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const job = async (): Promise<string> => {
    started = true;
    await ended;
    return 'done';
  };
  return { job, started: () => started, end: () => end() };
}

test('no more than the bound run at once, the others in order, one more is refused', async () => {
  const limit = createWorkLimit({ concurrent: 2, waiting: 1 });
  const jobs = [heldJob(), heldJob(), heldJob()];
  const results = jobs.map(({ job }) => limit.run(job, inAMinute()));
  await assert.rejects(
    limit.run(() => Promise.resolve('refused'), inAMinute()),
    { code: 'unavailable' },
  );
  assert.deepEqual(
    jobs.map(({ started }) => started()),
    [true, true, false],
  );
  jobs[0]!.end();
  assert.equal(await results[0], 'done');
  await new Promise(setImmediate);
  assert.equal(jobs[2]!.started(), true);
  jobs.forEach(({ end }) => end());
  assert.deepEqual(await Promise.all(results), ['done', 'done', 'done']);
  assert.equal(await limit.run(() => Promise.resolve('again'), inAMinute()), 'again');
});

test('a job whose deadline has passed is dropped, one that fails gives its turn back', async () => {
  const limit = createWorkLimit({ concurrent: 1, waiting: 1 });
  let ran = false;
  const late = limit.run(() => Promise.resolve((ran = true)), new Date(Date.now() - 1));
  await assert.rejects(late, { code: 'deadline_exceeded' });
  assert.equal(ran, false);
  await assert.rejects(
    limit.run(() => Promise.reject(new Error('boom')), inAMinute()),
    /boom/,
  );
  assert.equal(await limit.run(() => Promise.resolve(1), inAMinute()), 1);
});
