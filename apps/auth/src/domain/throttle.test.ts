import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayAfter, signInThrottles, signUpThrottles } from './throttle';

const rule = { free: 3, firstDelaySeconds: 2, longestDelaySeconds: 20 };

test('a few failures cost nothing, then the delay doubles up to its cap', () => {
  const delays = [0, 1, 3, 4, 5, 6, 7, 8, 9, 5000].map((failures) => delayAfter(failures, rule));
  assert.deepEqual(delays, [0, 0, 0, 2, 4, 8, 16, 20, 20, 20]);
});

const keys = (throttles: { key: Buffer }[]) => throttles.map(({ key }) => key.toString('hex'));
const at = (address: string, knownHere = false) =>
  signInThrottles('ada@example.com', address, knownHere);

test('a new place shares only the account with another, and a known one shares nothing elsewhere', () => {
  const [here, there] = [keys(at('192.0.2.1').all), keys(at('192.0.2.2').all)];
  assert.equal(here.filter((key) => there.includes(key)).length, 1);
  assert.equal(here.length, 4);
  const home = keys(at('192.0.2.1', true).all);
  assert.equal(home.filter((key) => there.includes(key)).length, 0);
});

test('nothing is counted against a place that is not known', () => {
  assert.deepEqual(signUpThrottles(''), []);
  assert.equal(at('').all.length, 2);
});

test('what is counted cannot be read from its key', () => {
  const { own } = at('192.0.2.1');
  assert.equal(own.key.length, 32);
  assert.ok(!own.key.toString('latin1').includes('ada'));
});
