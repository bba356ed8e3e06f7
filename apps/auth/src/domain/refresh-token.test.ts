import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefreshToken, newRefreshToken, refreshTokenHash, refusal } from './refresh-token';

test('tokens are all different, recognisable, and stored as 32 bytes that do not contain them', () => {
  const tokens = Array.from({ length: 100 }, newRefreshToken);
  assert.equal(new Set(tokens).size, 100);
  for (const token of tokens) {
    assert.ok(isRefreshToken(token), token);
    assert.equal(refreshTokenHash(token).length, 32);
    assert.deepEqual(refreshTokenHash(token), refreshTokenHash(token));
  }
});

test('other texts are not tokens', () => {
  for (const text of ['', 'qsrt_', 'qsrt_short', `${newRefreshToken()}x`, 'x'.repeat(48)]) {
    assert.equal(isRefreshToken(text), false);
  }
});

test('only a used, unexpired token of a living session ends its family', () => {
  const rows = [
    { used: true, expired: false, sessionOver: false, expected: 'reused' },
    { used: true, expired: true, sessionOver: false, expected: 'refused' },
    { used: true, expired: false, sessionOver: true, expected: 'refused' },
    { used: false, expired: true, sessionOver: false, expected: 'refused' },
    { used: false, expired: false, sessionOver: true, expected: 'refused' },
  ];
  for (const { expected, ...presented } of rows) assert.equal(refusal(presented), expected);
});
