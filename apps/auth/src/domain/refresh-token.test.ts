import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isRefreshToken,
  newRefreshToken,
  refreshTokenHash,
  judge,
  type PresentedToken,
} from './refresh-token';

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

const fresh: PresentedToken = {
  used: false,
  usedJustNow: false,
  successorUsed: false,
  expired: false,
  sessionOver: false,
};
const justUsed = { ...fresh, used: true, usedJustNow: true };

test('a token is exchanged once, and again shortly after by who did not get the answer', () => {
  assert.equal(judge(fresh), 'exchange');
  assert.equal(judge(justUsed), 'exchange');
});

test('an older or longer used token of a living session ends its family', () => {
  assert.equal(judge({ ...justUsed, successorUsed: true }), 'reused');
  assert.equal(judge({ ...fresh, used: true }), 'reused');
});

test('what has expired or belongs to a session that is over is refused, used or not', () => {
  for (const token of [fresh, justUsed, { ...fresh, used: true }]) {
    assert.equal(judge({ ...token, expired: true }), 'refused');
    assert.equal(judge({ ...token, sessionOver: true }), 'refused');
  }
});
