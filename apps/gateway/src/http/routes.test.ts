import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import express from 'express';
import type { ApiOperation } from './document';
import type { Operations } from './operation';
import { mountApi } from './routes';

const open: ApiOperation = {
  operationId: 'look',
  method: 'get',
  path: '/look',
  access: { kind: 'public' },
};
const guarded: ApiOperation = { ...open, access: { kind: 'user', scopes: ['things:read'] } };

const mount = (documented: ApiOperation[], operations: Partial<Operations>) =>
  mountApi(express(), {
    documented,
    operations: { public: {}, user: {}, ...operations },
    validator: () => (_request, _response, next) => next(),
    verifier: {
      verify: () => Promise.reject(new QuaysideError('unauthenticated', 'no')),
    },
    limitsOf: () => ({ address: () => Promise.resolve() }),
  });

const look = () => undefined;

test('document and code that agree are mounted', () => {
  mount([open], { public: { look } });
  mount([guarded], { user: { look } });
});

test('an operation that nothing answers keeps the gateway from starting', () => {
  assert.throws(() => mount([open], {}), /look/);
  assert.throws(() => mount([guarded], {}), /look/);
});

test('an answer to an operation that is not documented, too', () => {
  assert.throws(() => mount([], { public: { look } }), /openapi\.yaml has no operation look/);
});

test('what is documented for users is not served to everyone, nor the other way round', () => {
  assert.throws(() => mount([guarded], { public: { look } }), /look/);
  assert.throws(() => mount([open], { user: { look } }), /look/);
});
