import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor';

test('a cursor gives its number back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (number) => {
      assert.equal(decodeCursor(encodeCursor(number)), number);
    }),
  );
});

test('no cursor is no number', () => {
  assert.equal(decodeCursor(undefined), undefined);
});

test('whatever else is refused as the mistake of the caller', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/^a\d/.test(Buffer.from(text, 'base64url').toString('latin1')));
      assert.throws(
        () => decodeCursor(text),
        (error) => error instanceof QuaysideError && error.code === 'invalid_request',
      );
    }),
  );
  assert.throws(() => decodeCursor(Buffer.from(`a${10n ** 30n}`).toString('base64url')));
});
