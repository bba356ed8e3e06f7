import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { operationsOf, readDocument } from '../http/document';
import { partOf } from './part';

test('every path of the API leads to the service that does most of the work', () => {
  const operations = operationsOf(readDocument(join(__dirname, '../../openapi.yaml')));
  const found = new Map(
    operations.map(({ path }) => [path.split('/').slice(0, 4).join('/'), partOf(path)]),
  );
  assert.deepEqual(Object.fromEntries(found), {
    '/api/v1/auth': 'auth',
    '/api/v1/users': 'users',
    '/api/v1/accounts': 'payments',
    '/api/v1/top-ups': 'payments',
    '/api/v1/payments': 'payments',
    '/api/v1/webhooks': 'payments',
    '/api/v1/overview': 'gateway',
    '/api/v1/activity': 'gateway',
    '/api/v1/events': 'gateway',
    '/api/v1/admin': 'gateway',
    '/.well-known/jwks.json': 'gateway',
    '/openapi.json': 'gateway',
  });
});

test('however it is written, and whatever else there is', () => {
  for (const path of ['/API/v1/Auth/sessions/1', '/api/v1/auth/'])
    assert.equal(partOf(path), 'auth');
  for (const path of ['/docs', '/', '', '/api/v1/constructor', '/x/api/v1/auth']) {
    assert.equal(partOf(path), 'gateway', path);
  }
});
