import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptWhenStale } from './jwks';

test('auth is asked once while the answer is fresh, also by many at once', async () => {
  let asked = 0;
  const jwks = keptWhenStale(() => Promise.resolve(`keys ${(asked += 1)}`), 60_000);
  assert.deepEqual(await Promise.all([jwks(), jwks(), jwks()]), ['keys 1', 'keys 1', 'keys 1']);
  assert.equal(await jwks(), 'keys 1');
});

test('a stale answer is replaced, and kept while auth is away', async () => {
  const answers = [() => 'old', () => Promise.reject(new Error('away')), () => 'new'];
  const jwks = keptWhenStale(async () => (await answers.shift()?.()) ?? '', 0);
  assert.equal(await jwks(), 'old');
  assert.equal(await jwks(), 'old');
  assert.equal(await jwks(), 'new');
  assert.equal(answers.length, 0);
});

test('without any answer yet the failure is told, and the next one asks again', async () => {
  const answers = [() => Promise.reject(new Error('away')), () => 'keys'];
  const jwks = keptWhenStale(async () => (await answers.shift()?.()) ?? '');
  await assert.rejects(jwks(), /away/);
  assert.equal(await jwks(), 'keys');
});

test('an answer is fresh for half a minute, unless it is said otherwise', async ({ mock }) => {
  mock.timers.enable({ apis: ['Date'] });
  let asked = 0;
  const jwks = keptWhenStale(() => Promise.resolve(`keys ${(asked += 1)}`));
  assert.equal(await jwks(), 'keys 1');
  mock.timers.tick(29_999);
  assert.equal(await jwks(), 'keys 1');
  mock.timers.tick(1);
  assert.equal(await jwks(), 'keys 2');
});
