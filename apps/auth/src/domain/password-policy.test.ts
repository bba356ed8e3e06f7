import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedPassword, isHashable } from './password-policy';

test('12 to 256 characters are accepted as they are, spaces and any script included', () => {
  for (const password of ['twelve chars', ' '.repeat(12), 'x'.repeat(256), '🦭'.repeat(256)]) {
    assert.equal(checkedPassword(password), password);
  }
});

test('anything else is refused with its field, and without repeating the password', () => {
  for (const password of ['', 'eleven char', '🦭'.repeat(11), 'x'.repeat(257), 'y'.repeat(1e6)]) {
    assert.throws(
      () => checkedPassword(password),
      (error: Error & { code: string; fields: unknown }) => {
        assert.equal(error.code, 'invalid_request');
        assert.deepEqual(error.fields, [
          { path: '/password', message: 'must have 12 to 256 characters' },
        ]);
        return password === '' || !error.message.includes(password);
      },
    );
  }
});

test('one password in two Unicode forms is one password', () => {
  assert.equal(checkedPassword('cafe\u0301 au lait!'), checkedPassword('caf\u00e9 au lait!'));
});

test('what was never accepted is not hashed', () => {
  assert.equal(isHashable('x'.repeat(256)), true);
  assert.equal(isHashable('x'.repeat(257)), false);
  assert.equal(isHashable('🦭'.repeat(257)), false);
});
