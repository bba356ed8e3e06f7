import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedCache } from './bounded-cache';

test('holds no more than it may, and drops what was used longest ago', () => {
  const cache = boundedCache<number>(3);
  const later = Date.now() + 60_000;
  for (const n of [1, 2, 3]) cache.set(`${n}`, n, later);
  assert.equal(cache.get('1'), 1);
  cache.set('4', 4, later);
  assert.equal(cache.size, 3);
  assert.deepEqual(
    ['1', '2', '3', '4'].map((key) => cache.get(key)),
    [1, undefined, 3, 4],
  );
  for (let n = 0; n < 1000; n += 1) cache.set(`more ${n}`, n, later);
  assert.equal(cache.size, 3);
});

test('forgets a value when its time has come', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000 });
  const cache = boundedCache<string>(3);
  cache.set('a', 'x', 2_000);
  t.mock.timers.tick(999);
  assert.equal(cache.get('a'), 'x');
  t.mock.timers.tick(1);
  assert.equal(cache.get('a'), undefined);
  assert.equal(cache.size, 0);
});
