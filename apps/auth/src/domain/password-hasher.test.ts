import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash, parseOptions } from '@node-rs/argon2';
import { createPasswordHasher, isOutdated } from './password-hasher';
import { createWorkLimit, type WorkLimit } from './work-limit';

const inAMinute = (): Date => new Date(Date.now() + 60_000);
const freely = createWorkLimit({ concurrent: 2, waiting: 10 });

test('hashes are argon2id with the OWASP parameters and a salt of their own', async () => {
  const hasher = await createPasswordHasher(freely);
  const [first, second] = await Promise.all([
    hasher.hash('correct horse battery', inAMinute()),
    hasher.hash('correct horse battery', inAMinute()),
  ]);
  assert.match(first, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.equal(parseOptions(first).saltLen, 16);
  assert.notEqual(first, second);
  assert.equal(await hasher.matches(first, 'correct horse battery', inAMinute()), true);
  assert.equal(await hasher.matches(first, 'correct horse batterz', inAMinute()), false);
});

test('an unknown identity costs one hash as a known one does, and never matches', async () => {
  let jobs = 0;
  const counting: WorkLimit = {
    run: (job, deadline) => {
      jobs += 1;
      return freely.run(job, deadline);
    },
  };
  const hasher = await createPasswordHasher(counting);
  const stored = await hasher.hash('correct horse battery', inAMinute());
  jobs = 0;
  assert.equal(await hasher.matches(undefined, 'correct horse battery', inAMinute()), false);
  assert.equal(jobs, 1);
  assert.equal(await hasher.matches(stored, 'wrong horse battery', inAMinute()), false);
  assert.equal(jobs, 2);
  assert.equal(await hasher.matches(stored, 'x'.repeat(1e6), inAMinute()), false);
  assert.equal(jobs, 2);
});

test('a hash of other parameters is outdated, one of these is not', async () => {
  const hasher = await createPasswordHasher(freely);
  assert.equal(isOutdated(await hasher.hash('correct horse battery', inAMinute())), false);
  const others = [{ memoryCost: 8192 }, { timeCost: 3 }, { parallelism: 2 }];
  for (const other of others) {
    const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, ...other };
    assert.equal(isOutdated(await hash('correct horse battery', options)), true);
  }
});
