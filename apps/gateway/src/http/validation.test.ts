import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { QuaysideError } from '@quayside/errors';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import request from 'supertest';
import { readDocument } from './document';
import { createRequestValidator } from './validation';

const document = readDocument(join(__dirname, '../../openapi.yaml'));

const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  assert.ok(error instanceof QuaysideError);
  response.status(error.kind.httpStatus).json(error.fields);
};

test('openapi.yaml is an OpenAPI 3.1 document', async () => {
  const [load] = middleware({
    apiSpec: structuredClone(document) as never,
    validateApiSpec: true,
  }) as RequestHandler[];
  const app = express();
  await new Promise<void>((resolve, reject) => {
    const next = (error?: Error) => (error ? reject(error) : resolve());
    void load?.({ app } as never, {} as never, next as never);
  });
});

test('every request of an operation is judged like its first one', async () => {
  const validator = createRequestValidator(document);
  const app = express();
  app.use(express.json());
  app.get('/api/v1/accounts/:accountId/statement', validator('getStatement'), (query, response) => {
    response.json({ query: query.query, params: query.params });
  });
  app.post('/api/v1/payments', validator('createPayment'), (_request, response) => {
    response.status(201).end();
  });
  app.use(answerProblem);
  const accountId = '0195c2a5-8f3a-7c11-9d0e-2f6b1f6a7d10';
  const path = `/api/v1/accounts/${accountId}/statement`;
  for (let round = 1; round <= 3; round += 1) {
    const read = await request(app).get(path).query({ cursor: 'c' });
    assert.deepEqual(read.body, { query: { cursor: 'c', limit: 20 }, params: { accountId } });
    const seven = await request(app).get(path).query({ limit: '7' });
    assert.equal((seven.body as { query: { limit: number } }).query.limit, 7);
    for (const query of [{ limit: '101' }, { limit: 'x' }, { unknown: '1' }, { cursor: '' }]) {
      const refused = await request(app).get(path).query(query);
      assert.equal(refused.status, 400, `${JSON.stringify(query)} in round ${round}`);
    }
    for (const id of ['nonsense', `urn:uuid:${accountId}`]) {
      assert.equal((await request(app).get(path.replace(accountId, id))).status, 400, id);
    }

    const pay = (amount: string) =>
      request(app)
        .post('/api/v1/payments')
        .set('idempotency-key', 'k')
        .send({ toHandle: 'bob', amount: { amount, currency: 'EUR' } });
    assert.equal((await pay('1')).status, 201);
    const refused = await pay('-1');
    const [field] = refused.body as { path: string }[];
    assert.equal(field?.path, '/body/amount/amount');
  }
});

test('a NUL in any text is refused, with its place', async () => {
  const validator = createRequestValidator(document);
  const app = express();
  app.use(express.json());
  const done: RequestHandler = (_request, response) => void response.status(204).end();
  app.post('/api/v1/admin/users/:userId/sessions/end', validator('endSessionsOfUser'), done);
  app.get('/api/v1/activity', validator('listActivity'), done);
  app.use(answerProblem);
  const reason = (text: string) =>
    request(app)
      .post('/api/v1/admin/users/0195c2a5-8f3a-7c11-9d0e-2f6b1f6a7d10/sessions/end')
      .send({ reason: text });
  const read = (cursor: string) => request(app).get('/api/v1/activity').query({ cursor });
  // The first request of an operation takes another way than the later ones.
  for (let round = 1; round <= 2; round += 1) {
    const message = 'must not have the character NUL';
    assert.deepEqual((await reason('a\0b')).body, [{ path: '/body/reason', message }]);
    assert.deepEqual((await read('\0')).body, [{ path: '/query/cursor', message }]);
    assert.equal((await reason('a\n0b')).status, 204);
  }
});

test('a HEAD is judged like the GET that it is, also as the first request of its operation', async () => {
  const validator = createRequestValidator(document);
  const app = express();
  app.get('/api/v1/activity', validator('listActivity'), (_request, response) => {
    response.end();
  });
  app.get('/api/v1/elsewhere', validator('listAccounts'), (_request, response) => {
    response.end();
  });
  app.use(answerProblem);
  for (const [limit, status] of [
    ['x', 400],
    ['7', 200],
    ['101', 400],
  ] as const) {
    const answer = await request(app).head('/api/v1/activity').query({ limit });
    assert.equal(answer.status, status, limit);
  }
  assert.equal((await request(app).get('/api/v1/elsewhere')).status, 404);
});
