import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanUp } from '../src/store/clean-up';
import { openStore } from './auth-fixture';

test('everything old is deleted, however many batches that takes, unless it is told to stop', async (t) => {
  const database = await openStore(t);
  await database.query(
    `INSERT INTO throttles (key, last_failure_at)
     SELECT sha256(n::text::bytea), now() - n * interval '1 day' FROM generate_series(0, 7) AS n`,
  );
  const left = async () => (await database.query('SELECT FROM throttles')).length;
  await cleanUp(database, 2, AbortSignal.abort());
  assert.equal(await left(), 8);
  await cleanUp(database, 2, new AbortController().signal);
  assert.equal(await left(), 1);
});
