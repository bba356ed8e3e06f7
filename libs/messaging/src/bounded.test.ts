import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, pause, within } from './bounded';
import { createWaker } from './relay/waker';

test('what comes in time comes as it is', async () => {
  assert.equal(await within(1_000, 'Answering', Promise.resolve(3)), 3);
  await assert.rejects(within(1_000, 'Answering', Promise.reject(new Error('no'))), /no/);
});

test('what takes too long is given up, and said so', async () => {
  const never = new Promise(() => undefined);
  await assert.rejects(within(10, 'Answering', never), /Answering took longer than 10 ms/);
});

test('a pause ends early when it is aborted', async () => {
  const stopping = new AbortController();
  const started = Date.now();
  const waiting = pause(60_000, stopping.signal);
  stopping.abort();
  await waiting;
  await pause(60_000, stopping.signal);
  assert.ok(Date.now() - started < 5_000);
});

test('the backoff doubles up to its limit, with jitter below', () => {
  for (const [attempt, full] of [
    [1, 100],
    [2, 200],
    [5, 1_000],
    [1_000, 1_000],
  ] as const) {
    const ms = backoffMs(attempt, 100, 1_000);
    assert.ok(ms >= full * 0.75 && ms <= full, `${attempt}: ${ms}`);
  }
});

test('a wake ends the sleep, and one that comes before it is not lost', async () => {
  const waker = createWaker();
  const started = Date.now();
  const sleeping = waker.sleep(60_000);
  waker.wake();
  await sleeping;
  waker.wake();
  waker.wake();
  await waker.sleep(60_000);
  assert.ok(Date.now() - started < 5_000);
  await waker.sleep(5);
  assert.ok(Date.now() - started >= 4);
});
