import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitUntilOpen } from './account-open';

const never = new AbortController().signal;

test('looks until the account is open, failed looks included', async () => {
  const looks = [Promise.resolve(false), Promise.reject(new Error('down')), Promise.resolve(true)];
  looks.forEach((look) => void look.catch(() => undefined));
  const isOpen = () => looks.shift() ?? Promise.reject(new Error('looked once too often'));
  assert.equal(await waitUntilOpen(isOpen, { timeoutMs: 5000, signal: never }), true);
  assert.equal(looks.length, 0);
});

test('gives up in time and passes the deadline on', async () => {
  const started = Date.now();
  const deadlines = new Set<number>();
  const isOpen = (deadline: Date) => {
    deadlines.add(deadline.getTime());
    return Promise.resolve(false);
  };
  assert.equal(await waitUntilOpen(isOpen, { timeoutMs: 120, signal: never }), false);
  const took = Date.now() - started;
  assert.ok(took >= 100 && took < 2000, `took ${took} ms`);
  assert.equal(deadlines.size, 1);
});

test('does not look at all for a wait of 0', async () => {
  const isOpen = () => Promise.reject(new Error('looked'));
  assert.equal(await waitUntilOpen(isOpen, { timeoutMs: 0, signal: never }), false);
});

test('stops when nobody waits for the answer any more', async () => {
  const gone = new AbortController();
  let looks = 0;
  const isOpen = () => {
    looks += 1;
    gone.abort();
    return Promise.resolve(false);
  };
  assert.equal(await waitUntilOpen(isOpen, { timeoutMs: 60_000, signal: gone.signal }), false);
  assert.equal(looks, 1);
});
