import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  catalogue,
  fromGrpcError,
  isErrorCode,
  QuaysideError,
  toGrpcStatus,
  toProblem,
  type ErrorCode,
} from './index';

const codes = Object.keys(catalogue) as ErrorCode[];

/** What a grpc-js client would reject with for this status. */
function received({ code, details, metadata }: ReturnType<typeof toGrpcStatus>) {
  return Object.assign(new Error(`${code} ${details}`), {
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
    assert.equal(back.kind, catalogue[code]);
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

  test(`${code} has a row that fits its own statuses`, () => {
    const { code: name, grpcStatus, httpStatus, title } = catalogue[code];
    assert.equal(name, code);
    assert.match(code, /^[a-z]+(_[a-z]+)*$/);
    assert.ok(grpcStatus > 0 && grpcStatus <= 16, 'a google.rpc.Code that is not OK');
    assert.ok(httpStatus >= 400 && httpStatus < 600);
    assert.match(title, /^[A-Z].*[^.]$/);
  });
}

test('only a server fault may look like one to a circuit breaker', () => {
  const trouble = codes.filter((code) => [4, 13, 14].includes(catalogue[code].grpcStatus));
  assert.deepEqual(
    trouble,
    codes.filter((code) => catalogue[code].httpStatus >= 500),
  );
});

test('the text of an unexpected error never leaves the process, and is kept for the log', () => {
  const secret = new Error('password=hunter2 at /srv/app.js:1');
  assert.doesNotMatch(JSON.stringify(toGrpcStatus(secret)), /hunter2|app\.js/);
  assert.doesNotMatch(JSON.stringify(toProblem(secret)), /hunter2|app\.js/);
  assert.equal(toProblem(secret).status, 500);
  assert.equal(fromGrpcError(secret).cause, secret);
  const wrapped = new QuaysideError('unavailable', 'Try again.', { cause: secret });
  assert.doesNotMatch(JSON.stringify([toGrpcStatus(wrapped), toProblem(wrapped)]), /hunter2/);
});

test('a status without our code is mapped by its number, its text is not shown', () => {
  const error = Object.assign(new Error('x'), { code: 14, details: 'connect 10.0.0.1:7003' });
  const mapped = fromGrpcError(error);
  assert.equal(mapped.code, 'unavailable');
  assert.equal(mapped.cause, error);
  assert.doesNotMatch(mapped.message, /10\.0\.0\.1/);
  assert.equal(fromGrpcError(Object.assign(new Error('x'), { code: 12 })).code, 'internal');
  assert.equal(fromGrpcError(undefined).code, 'internal');
});

test('a code of a newer release keeps its text and falls back to its status', () => {
  const newer = {
    code: 9,
    details: 'The card is frozen.',
    metadata: { 'quayside-error-code': 'x' },
  };
  const mapped = fromGrpcError(received(newer));
  assert.deepEqual([mapped.code, mapped.message], ['not_possible', 'The card is frozen.']);
});

test('what cannot be a trailer is made to fit', () => {
  const fields = Array.from({ length: 500 }, (_, n) => ({
    path: `/${n}`,
    message: 'is wrong\ud800',
  }));
  const status = toGrpcStatus(
    new QuaysideError('invalid_request', '\ud800'.repeat(5000), { fields }),
  );
  assert.doesNotThrow(() => encodeURI(status.details));
  const size = Object.values(status.metadata).join('').length + encodeURI(status.details).length;
  assert.ok(size < 16_384, `${size} bytes`);
  const back = fromGrpcError(received(status));
  assert.ok(back.fields.length > 10);
  assert.deepEqual(back.fields[0], fields[0]);
});

test('field errors that are not ours are left out', () => {
  for (const text of ['%', encodeURIComponent('{}'), encodeURIComponent('[1, null]')]) {
    const metadata = { 'quayside-error-code': 'not_found', 'quayside-error-fields': text };
    assert.deepEqual(fromGrpcError(received({ code: 5, details: 'No.', metadata })).fields, []);
  }
});

test('a code is one of the catalogue, not of Object', () => {
  assert.ok(isErrorCode('internal'));
  for (const other of ['toString', '__proto__', '', undefined, 5]) assert.ok(!isErrorCode(other));
});

test('when to come again survives gRPC, in whole seconds', () => {
  const sent = new QuaysideError('rate_limited', 'Wait.', { retryAfterSeconds: 2.1 });
  assert.equal(fromGrpcError(received(toGrpcStatus(sent))).retryAfterSeconds, 3);
  assert.equal(
    new QuaysideError('rate_limited', 'x', { retryAfterSeconds: 0 }).retryAfterSeconds,
    1,
  );
  const unknown = toGrpcStatus(new QuaysideError('rate_limited', 'Wait.'));
  assert.equal(fromGrpcError(received(unknown)).retryAfterSeconds, undefined);
  const metadata = { 'quayside-error-code': 'rate_limited', 'quayside-retry-after': 'soon' };
  const odd = fromGrpcError(received({ code: 8, details: 'No.', metadata }));
  assert.equal(odd.retryAfterSeconds, undefined);
});
