import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf } from './part';

test('a path leads to the service that does most of the work', () => {
  const paths = {
    auth: ['/api/v1/auth/login', '/API/v1/Auth/sessions/1'],
    users: ['/api/v1/users/me'],
    payments: ['/api/v1/accounts', '/api/v1/payments/1/refunds', '/api/v1/top-ups/'],
    gateway: ['/api/v1/overview', '/api/v1/activity', '/docs', '/', '/api/v1/constructor', '/x'],
  };
  for (const [part, those] of Object.entries(paths)) {
    for (const path of those) assert.equal(partOf(path), part, path);
  }
});
