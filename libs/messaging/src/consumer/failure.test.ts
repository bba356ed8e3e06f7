import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import { codeOfFailure, judge } from './failure';

const withCode = (code: string) => Object.assign(new Error(code), { code });

test('what another try may cure is waited for', () => {
  const away = [
    ...['57P01', '08006', '40001', '40P01', '53300', '57014', '42P01', 'ECONNREFUSED'].map(
      withCode,
    ),
    new Error('Connection terminated unexpectedly'),
    new QuaysideError('unavailable', ''),
    new QuaysideError('deadline_exceeded', ''),
    new QuaysideError('conflict', ''),
    new QuaysideError('rate_limited', ''),
  ];
  for (const error of away) assert.equal(judge(error), 'wait', String(error));
});

test('what is refused for good is not tried again', () => {
  const refused = [
    ...['23505', '23514', '22P02', 'P0001'].map(withCode),
    new QuaysideError('invalid_request', ''),
    new QuaysideError('not_found', ''),
  ];
  for (const error of refused) assert.equal(judge(error), 'refused', String(error));
});

test('what nobody foresaw gets a few more tries', () => {
  for (const error of [new TypeError('x'), new QuaysideError('internal', ''), 'text', undefined]) {
    assert.equal(judge(error), 'unexplained');
  }
});

test('a failure has a short name', () => {
  assert.equal(codeOfFailure(withCode('23505')), '23505');
  assert.equal(codeOfFailure(new QuaysideError('not_found', '')), 'not_found');
  assert.equal(codeOfFailure(new TypeError('x')), 'TypeError');
  assert.equal(codeOfFailure(7), 'unknown');
});
