import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priorityOf } from './priority';

test('payments and sign-ins come first, lists and documentation last', () => {
  for (const path of ['/api/v1/payments', '/api/v1/auth/login', '/api/v1/top-ups']) {
    assert.equal(priorityOf('POST', path), 'high');
  }
  for (const path of ['/api/v1/overview', '/api/v1/accounts', '/api/v1/payments/1']) {
    assert.equal(priorityOf('GET', path), 'normal');
  }
  for (const path of ['/', '/docs/x.js', '/API/v1/activity/', '/api/v1/accounts/1/statement']) {
    assert.equal(priorityOf('GET', path), 'low');
  }
});
