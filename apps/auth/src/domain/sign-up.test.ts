import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v4, v7 } from 'uuid';
import { checkedSignUp } from './sign-up';

test('a sign-up that can be announced passes, its display name trimmed', () => {
  const userId = v7();
  const signUp = { userId: userId.toUpperCase(), handle: 'ada_1', displayName: ' Ada ' };
  assert.deepEqual(checkedSignUp(signUp), { userId, handle: 'ada_1', displayName: 'Ada' });
});

test('every wrong field is named at once', () => {
  const signUp = { userId: v4(), handle: 'Ada', displayName: 'x'.repeat(81) };
  assert.throws(
    () => checkedSignUp(signUp),
    (error: Error & { code: string; fields: { path: string }[] }) => {
      assert.equal(error.code, 'invalid_request');
      assert.deepEqual(
        error.fields.map(({ path }) => path),
        ['/userId', '/handle', '/displayName'],
      );
      return true;
    },
  );
});
