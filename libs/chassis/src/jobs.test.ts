import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logger } from '@quayside/telemetry';
import { pause, startJobs } from './jobs';

logger.level = 'silent';

describe('jobs', () => {
  it('run again and again, never twice at once, also after a failure', async () => {
    let runs = 0;
    let atOnce = 0;
    const enough = new Promise<void>((resolve) => {
      const jobs = startJobs([
        {
          name: 'clean up',
          everyMs: 1,
          async run() {
            atOnce += 1;
            assert.equal(atOnce, 1);
            await pause(2);
            atOnce -= 1;
            runs += 1;
            if (runs === 2) throw new Error('this time not');
            if (runs === 4) void jobs.stop().then(resolve);
          },
        },
      ]);
    });
    await enough;
    assert.equal(runs, 4);
  });

  it('may begin later, and are stopped before that too', async () => {
    const order: string[] = [];
    let done = (): void => undefined;
    const later = new Promise<void>((resolve) => (done = resolve));
    const jobs = startJobs([
      {
        name: 'later',
        everyMs: 60_000,
        firstAfterMs: 30,
        run: () => {
          order.push('later');
          done();
          return Promise.resolve();
        },
      },
      {
        name: 'now',
        everyMs: 60_000,
        run: () => Promise.resolve(order.push('now')).then(() => undefined),
      },
      { name: 'much later', everyMs: 1, firstAfterMs: 60_000, run: () => assert.fail() },
    ]);
    await later;
    await jobs.stop();
    assert.deepEqual(order, ['now', 'later']);
  });

  it('are told to stop, and waited for', async () => {
    let ended = false;
    const jobs = startJobs([
      {
        name: 'long',
        everyMs: 60_000,
        async run(signal) {
          await pause(60_000, signal);
          ended = true;
        },
      },
    ]);
    await jobs.stop();
    assert.equal(ended, true);
  });

  it('stop at once between runs', async () => {
    const jobs = startJobs([{ name: 'rare', everyMs: 60_000, run: () => Promise.resolve() }]);
    const started = performance.now();
    await jobs.stop();
    assert.ok(performance.now() - started < 1_000);
  });
});
