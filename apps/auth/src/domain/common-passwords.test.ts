import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseCommonPassword } from './common-passwords';

test('a password that everybody tries first is refused in any case, and not repeated', async () => {
  for (const password of ['1QAZ2wsx3edc', 'QazWsxEdc123', '123456QWERTY']) {
    await assert.rejects(
      refuseCommonPassword(password),
      (error: Error & { code: string; fields: unknown }) => {
        assert.equal(error.code, 'invalid_request');
        const message = 'must not be one of the most common passwords';
        assert.deepEqual(error.fields, [{ path: '/password', message }]);
        return !error.message.includes(password);
      },
    );
  }
});

test('others are accepted', async () => {
  await refuseCommonPassword('correct horse battery');
  await refuseCommonPassword('1qaz2wsx3edc and a word');
});
