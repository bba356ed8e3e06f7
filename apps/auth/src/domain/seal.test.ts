import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeal } from './seal';

const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];
const plain = Buffer.from('{"d":"private"}');

test('what is sealed opens again, and never looks the same or like itself', () => {
  const seal = createSeal(NEW);
  const [first, second] = [seal.close(plain, 'key a'), seal.close(plain, 'key a')];
  assert.notDeepEqual(first, second);
  assert.ok(!first.includes('private'));
  assert.deepEqual(seal.open(first, 'key a'), plain);
  assert.deepEqual(createSeal(NEW).open(second, 'key a'), plain);
});

test('it opens for no other purpose, with no other secret and when a single bit was changed', () => {
  const seal = createSeal(NEW);
  const sealed = seal.close(plain, 'key a');
  assert.throws(() => seal.open(sealed, 'key b'));
  assert.throws(() => createSeal(OLD).open(sealed, 'key a'), /SIGNING_KEYS_PREVIOUS_SECRET/);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    assert.throws(() => seal.open(changed, 'key a'), `byte ${at}`);
  }
  for (const length of [0, 1, 5, 32]) {
    assert.throws(() => seal.open(sealed.subarray(0, length), 'key a'));
  }
});

test('while the secret is changed both open, the new one closes, and the old one is recognised', () => {
  const [before, between, after] = [createSeal(OLD), createSeal(NEW, OLD), createSeal(NEW)];
  const sealed = before.close(plain, 'key a');
  assert.deepEqual(between.open(sealed, 'key a'), plain);
  assert.deepEqual([before.isCurrent(sealed), between.isCurrent(sealed)], [true, false]);
  const again = between.close(plain, 'key a');
  assert.deepEqual(after.open(again, 'key a'), plain);
  assert.equal(between.isCurrent(again), true);
  assert.throws(() => before.open(again, 'key a'));
});
