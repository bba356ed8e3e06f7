import assert from 'node:assert/strict';
import { test } from 'node:test';
import { services } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { access } from '@quayside/identity';
import { everyMethod, rpcService } from '@quayside/rpc';
import { withDatabaseErrors } from './database-errors';

/** What becomes of an error that a handler throws. */
async function toldOf(error: Error): Promise<unknown> {
  const fail = () => Promise.reject(error);
  const service = rpcService(
    services.users,
    everyMethod(services.users, access.public),
    everyMethod(services.users, fail),
  );
  const [method] = withDatabaseErrors(service).methods;
  const [result] = await Promise.allSettled([method!.handle({}, {} as never)]);
  assert.ok(result.status === 'rejected');
  return result.reason;
}

const coded = (code: string) => Object.assign(new Error('from the database'), { code });

test('a failing database is told as what a caller can act on', async () => {
  for (const [code, told] of [
    ['ECONNREFUSED', 'unavailable'],
    ['57P01', 'unavailable'],
    ['57014', 'deadline_exceeded'],
    ['40001', 'conflict'],
  ] as const) {
    const error = await toldOf(coded(code));
    assert.ok(error instanceof QuaysideError, code);
    assert.equal(error.code, told);
    assert.doesNotMatch(error.message, /from the database/);
  }
});

test('every other error stays as it is', async () => {
  for (const error of [new QuaysideError('not_found', 'No.'), coded('23505'), new Error('boom')]) {
    assert.equal(await toldOf(error), error);
  }
});
