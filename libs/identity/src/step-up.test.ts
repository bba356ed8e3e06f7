import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserCaller } from './caller';
import { requireStepUp, requireStepUpIfEnrolled } from './step-up';

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
const caller = (more: Partial<UserCaller>): UserCaller => ({
  ...{ kind: 'user', userId: 'ada', scopes: [], tokenId: '1', issuedAt: 0, token: 'x' },
  ...more,
});
const needed = { code: 'step_up_required' };

test('a second factor counts for as long as is asked for, and nothing else does', () => {
  requireStepUp(caller({ acr: 'aal2', authTime: secondsAgo(290) }), 300);
  for (const without of [
    {},
    { acr: 'aal1', authTime: secondsAgo(1) },
    { acr: 'aal2' },
    { acr: 'aal2', authTime: secondsAgo(320) },
    { acr: 'AAL2', authTime: secondsAgo(1) },
  ]) {
    assert.throws(() => requireStepUp(caller(without), 300), needed);
  }
});

test('it may be asked for of those alone who have one', () => {
  requireStepUpIfEnrolled(caller({ acr: 'aal1', secondFactor: false }), 300);
  requireStepUpIfEnrolled(caller({}), 300);
  assert.throws(() => requireStepUpIfEnrolled(caller({ secondFactor: true }), 300), needed);
});
