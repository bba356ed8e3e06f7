import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRevokedSessions } from './revoked-sessions';

test('a session is refused until its last token has expired', ({ mock }) => {
  mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const revoked = createRevokedSessions(600_000);
  revoked.add('a', new Date(1_000_000));
  revoked.add('b', new Date(900_000));
  assert.ok(revoked.has('a') && revoked.has('b'));
  assert.ok(!revoked.has('c'));
  mock.timers.setTime(1_500_000);
  revoked.dropOld();
  assert.deepEqual([revoked.has('a'), revoked.has('b'), revoked.size], [true, false, 1]);
});

test('what ended too long ago is not remembered at all', () => {
  const revoked = createRevokedSessions(1_000);
  revoked.add('old', new Date(Date.now() - 1_000));
  assert.equal(revoked.size, 0);
});
