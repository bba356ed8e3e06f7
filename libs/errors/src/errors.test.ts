import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  catalogue,
  fromGrpcError,
  QuaysideError,
  toGrpcStatus,
  toProblem,
  type ErrorCode,
} from './index';

const codes = Object.keys(catalogue) as ErrorCode[];

/** What a grpc-js client would reject with for this status. */
function received({ code, details, metadata }: ReturnType<typeof toGrpcStatus>) {
  return Object.assign(new Error(details), {
    code,
    details,
    metadata: { get: (key: string) => (key in metadata ? [metadata[key]] : []) },
  });
}

for (const code of codes) {
  test(`${code} survives gRPC and becomes its problem`, () => {
    const fields = [{ path: '/amount', message: 'über null' }];
    const sent = new QuaysideError(code, 'Why, and what to do.', { fields });
    const status = toGrpcStatus(sent);
    assert.equal(status.code, catalogue[code].grpcStatus);
    const back = fromGrpcError(received(status));
    assert.equal(back.code, code);
    assert.equal(back.message, sent.message);
    assert.deepEqual(back.fields, fields);
    assert.deepEqual(toProblem(back, 'abc'), {
      type: `https://quayside.dev/problems/${code}`,
      title: catalogue[code].title,
      status: catalogue[code].httpStatus,
      detail: sent.message,
      traceId: 'abc',
      errors: fields,
    });
  });
}

test('the text of an unexpected error never leaves the process', () => {
  const secret = new Error('password=hunter2 at /srv/app.js:1');
  assert.doesNotMatch(JSON.stringify(toGrpcStatus(secret)), /hunter2|app\.js/);
  assert.doesNotMatch(JSON.stringify(toProblem(secret)), /hunter2|app\.js/);
  assert.equal(toProblem(secret).status, 500);
});

test('a status without our code is mapped by its number, its text is not shown', () => {
  const error = Object.assign(new Error('x'), { code: 14, details: 'connect 10.0.0.1:7003' });
  const mapped = fromGrpcError(error);
  assert.equal(mapped.code, 'unavailable');
  assert.doesNotMatch(mapped.message, /10\.0\.0\.1/);
  assert.equal(fromGrpcError(Object.assign(new Error('x'), { code: 12 })).code, 'internal');
  assert.equal(fromGrpcError(undefined).code, 'internal');
});
