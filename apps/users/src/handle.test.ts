import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { checkedHandle, handleCandidates, isHandle } from './handle';

test('handles are 3 to 30 of a-z, 0-9 and underscore, a letter first', () => {
  for (const handle of ['ada', 'a_1', `z${'9'.repeat(29)}`])
    assert.equal(checkedHandle(handle), handle);
  for (const handle of ['', 'ab', '1ada', '_ada', 'Ada', 'ada-b', 'adá', 'ada\n', 'a'.repeat(31)]) {
    assert.throws(() => checkedHandle(handle), { code: 'invalid_request' });
  }
});

test('candidates start with the wish, are handles, all different, and the same every time', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9_]{2,29}$/), (handle) => {
      const userId = v7();
      const candidates = handleCandidates(handle, userId);
      assert.equal(candidates[0], handle);
      assert.ok(candidates.every(isHandle), candidates.join());
      assert.deepEqual(handleCandidates(handle, userId.toUpperCase()), candidates);
      const derived = candidates.slice(1);
      assert.equal(new Set(derived).size, derived.length);
    }),
  );
});

test('two users who lost the same handle are given different ones', () => {
  const [, first] = handleCandidates('ada', '0190a1b2-c3d4-7e5f-8a9b-0123456789ab');
  const [, second] = handleCandidates('ada', '0190a1b2-c3d4-7e5f-8a9b-0123456789ac');
  assert.equal(first, 'ada_456789ab');
  assert.equal(second, 'ada_456789ac');
});
