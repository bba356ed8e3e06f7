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
    'confirmPasswordReset',
    'exchangeApiKey',
    'getJwks',
    'getOpenApi',
    'login',
    'logout',
    'receiveCardProcessorEvent',
    'refresh',
    'register',
    'requestPasswordReset',
  ]);
});

interface Schema {
  $ref?: string;
  type?: string | string[];
  additionalProperties?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
}

test('no body takes fields that the document does not name', () => {
  const document = readDocument(join(__dirname, '../../openapi.yaml'));
  const resolve = (value: Schema): Schema =>
    value.$ref
      ? (value.$ref
          .slice(2)
          .split('/')
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document) as Schema)
      : value;
  function assertClosed(at: string, schema: Schema): void {
    const { type, additionalProperties, properties = {}, items } = resolve(schema);
    if (type === 'object') assert.equal(additionalProperties, false, `${at} takes anything`);
    for (const [name, inner] of Object.entries(properties)) assertClosed(`${at}.${name}`, inner);
    if (items) assertClosed(`${at}[]`, items);
  }
  for (const { operationId, path, method } of operationsOf(document)) {
    const operation = document.paths[path]?.[method] as { requestBody?: Schema } | undefined;
    // What another company sends is its own business; it is signed, not trusted for its form.
    if (!operation?.requestBody || path.includes('/webhooks/')) continue;
    const body = resolve(operation.requestBody) as { content: Record<string, { schema: Schema }> };
    assert.deepEqual(Object.keys(body.content), ['application/json'], operationId);
    assertClosed(operationId, body.content['application/json']?.schema ?? {});
  }
});
