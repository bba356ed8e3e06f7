import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { operationsOf, readDocument, type ApiDocument, type DocumentedOperation } from './document';

function documentWith(operation: DocumentedOperation): ApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: { '/things/{id}': { get: operation } },
  };
}

test('an operation is public only where it says so', () => {
  const [operation] = operationsOf(documentWith({ operationId: 'get', security: [] }));
  assert.deepEqual(operation, {
    operationId: 'get',
    method: 'get',
    path: '/things/{id}',
    access: { kind: 'public' },
  });
});

test('the scopes of an operation are all needed', () => {
  const security = [{ accessToken: ['a:read', 'b:read'] }];
  const [operation] = operationsOf(documentWith({ operationId: 'get', security }));
  assert.deepEqual(operation?.access, { kind: 'user', scopes: ['a:read', 'b:read'] });
});

const refused: Record<string, DocumentedOperation> = {
  'no security': { operationId: 'get' },
  'no scope': { operationId: 'get', security: [{ accessToken: [] }] },
  'an unknown scheme': { operationId: 'get', security: [{ somethingElse: ['a:read'] }] },
  'an alternative without any security': {
    operationId: 'get',
    security: [{ accessToken: ['a:read'] }, {}],
  },
  'an empty alternative': { operationId: 'get', security: [{}] },
  'no operationId': { security: [] },
};
for (const [what, operation] of Object.entries(refused)) {
  test(`an operation with ${what} is refused`, () => {
    assert.throws(() => operationsOf(documentWith(operation)), /openapi\.yaml: .*GET \/things/);
  });
}

test('openapi.yaml: ids are unique, and what is public is what is meant to be', () => {
  const operations = operationsOf(readDocument(join(__dirname, '../../openapi.yaml')));
  const ids = operations.map(({ operationId }) => operationId);
  assert.equal(new Set(ids).size, ids.length);
  const open = operations.filter(({ access }) => access.kind === 'public');
  assert.deepEqual(open.map(({ operationId }) => operationId).sort(), [
    'getJwks',
    'getOpenApi',
    'login',
    'logout',
    'receiveCardProcessorEvent',
    'refresh',
    'register',
  ]);
});
