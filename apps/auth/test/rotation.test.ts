import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { openDatabase, type Database } from '@quayside/database';
import { createTokenVerifier } from '@quayside/identity';
import { testDatabase, waitFor, type TestDatabase } from '@quayside/testing';
import { rotateKeysCommand } from '../src/commands/rotate-keys';
import { signAccessToken } from '../src/domain/access-token';
import { rotationTimes } from '../src/domain/rotation';
import { openKeyRing, type KeyRing } from '../src/store/key-ring';
import { replaceKeys, rotateKeys } from '../src/store/rotate-keys';
import { findSigningKeys } from '../src/store/signing-keys';
import { createSeal } from '../src/domain/seal';
import { migrations, SIGNING_KEYS_SECRET, startAuth } from './auth-fixture';

const DAY = 24 * 3600;
const terms = { issuer: 'quayside', audience: 'quayside', lifetimeSeconds: 600 };
const times = rotationTimes(terms.lifetimeSeconds);

const seal = createSeal(SIGNING_KEYS_SECRET);

let stored: TestDatabase | undefined;
let database: Database;
const close = async () => {
  if (!stored) return;
  await database.close();
  await stored.drop();
};
beforeEach(async () => {
  await close();
  stored = await testDatabase('auth', migrations);
  database = openDatabase({ url: stored.url, applicationName: 'test' });
});
after(close);

const verifierOf = (ring: KeyRing) =>
  createTokenVerifier({
    ...terms,
    fetchJwks: () => ring.jwks(),
    cacheMs: 0,
    unknownKeyPauseMs: 0,
    remembered: 0,
  });
const tokenOf = async (ring: KeyRing) =>
  signAccessToken(
    await ring.signingKey(),
    terms,
    {
      userId: 'ada',
      sessionId: 's',
      scopes: ['profile:read'],
      secondFactor: false,
    },
    new Date(),
  );
const kids = async (ring: KeyRing) => (await ring.jwks()).keys.map(({ kid }) => kid);
/** Lets time pass for the keys: everything that has happened to them is that much longer ago. */
const later = (seconds: number) =>
  database.query(
    `UPDATE signing_keys SET created_at = created_at - make_interval(secs => $1),
       activated_at = activated_at - make_interval(secs => $1),
       retired_at = retired_at - make_interval(secs => $1)`,
    [seconds],
  );

test('a key is published, signs, is retired and goes, each when it is due', async () => {
  const ring = await openKeyRing(database, seal, 0);
  const first = (await ring.signingKey()).kid;
  assert.deepEqual(await rotateKeys(database, seal, times, DAY), { removed: [] }, 'young');

  await later(DAY);
  const { published } = await rotateKeys(database, seal, times, DAY);
  assert.deepEqual((await kids(ring)).sort(), [first, published].sort(), 'published');
  assert.equal((await ring.signingKey()).kid, first, 'and does not sign yet');
  await later(times.publishSeconds - 5);
  assert.deepEqual(await rotateKeys(database, seal, times, DAY), { removed: [] });

  await later(10);
  const old = await tokenOf(ring);
  assert.equal((await rotateKeys(database, seal, times, DAY)).activated, published);
  assert.equal((await ring.signingKey()).kid, published);
  await verifierOf(ring).verify(old);
  await verifierOf(ring).verify(await tokenOf(ring));

  await later(times.retireSeconds - 5);
  await rotateKeys(database, seal, times, DAY);
  await verifierOf(ring).verify(old);
  await later(10);
  assert.deepEqual((await rotateKeys(database, seal, times, DAY)).removed, [first]);
  await assert.rejects(verifierOf(ring).verify(old), { code: 'unauthenticated' });
});

test('replicas that rotate at once make one step between them', async () => {
  const ring = await openKeyRing(database, seal, 0);
  const rotateTogether = () =>
    Promise.all(Array.from({ length: 4 }, () => rotateKeys(database, seal, times, DAY)));
  await later(DAY);
  const published = (await rotateTogether()).filter((step) => step.published);
  assert.equal(published.length, 1);
  await later(times.publishSeconds);
  const activated = (await rotateTogether()).filter((step) => step.activated);
  assert.equal(activated.length, 1);
  assert.equal((await kids(ring)).length, 2);
});

test('no token is refused while keys rotate under a verifier whose keys are old', async () => {
  const ring = await openKeyRing(database, seal, 0);
  // Never asks for an unknown key: only what was published ahead of time can save it.
  const verifier = createTokenVerifier({
    ...terms,
    fetchJwks: () => ring.jwks(),
    cacheMs: 3_600_000,
    unknownKeyPauseMs: 3_600_000,
  });
  const { published } = await rotateKeys(database, seal, times, 0);
  await verifier.verify(await tokenOf(ring));
  await later(times.publishSeconds);
  const ended = new AbortController();
  const rotation = rotateKeys(database, seal, times, DAY).finally(() => ended.abort());
  while (!ended.signal.aborted) await verifier.verify(await tokenOf(ring));
  assert.equal((await rotation).activated, published);
  await verifier.verify(await tokenOf(ring));
});

test('replaced keys sign and verify nothing any more', async () => {
  const ring = await openKeyRing(database, seal, 0);
  await rotateKeys(database, seal, times, 0);
  const old = await tokenOf(ring);
  const { activated, removed } = await replaceKeys(database, seal);
  assert.equal(removed.length, 2);
  assert.deepEqual(await kids(ring), [activated]);
  await assert.rejects(verifierOf(ring).verify(old), { code: 'unauthenticated' });
  await verifierOf(ring).verify(await tokenOf(ring));
});

test('the command publishes a next key once, and replaces all of them with --now', async () => {
  const ring = await openKeyRing(database, seal, 0);
  const run = (...args: string[]) =>
    rotateKeysCommand(args, { DATABASE_URL: stored!.url, SIGNING_KEYS_SECRET });
  assert.match(await run(), /is published/);
  assert.match(await run(), /published already/);
  assert.equal((await kids(ring)).length, 2);
  assert.match(await run('--now'), /signs from now on; removed: /);
  assert.equal((await kids(ring)).length, 1);
  await assert.rejects(run('--soon'), /Usage/);
});

test('the command of the program says what it did and ends', async () => {
  const main = join(import.meta.dirname, '../src/main.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', main, 'rotate-keys'],
    { env: { ...process.env, DATABASE_URL: stored!.url, SIGNING_KEYS_SECRET }, timeout: 60_000 },
  );
  assert.match(stdout, /is published/);
  assert.ok(!stdout.includes(stored!.url));
});

test('a running auth publishes the next key when KEY_ROTATION_DAYS have passed, not before', async (t) => {
  const auth = await startAuth({ env: { KEY_ROTATION_DAYS: '7' } });
  t.after(() => auth.stop());
  const keysOf = async () => (await findSigningKeys(auth.database)).map(({ status }) => status);
  // The service before has looked by now, as this one does at its start.
  await (await auth.replica()).GetJwks({});
  assert.deepEqual(await keysOf(), ['active']);
  await auth.database.query("UPDATE signing_keys SET activated_at = now() - interval '8 days'");
  await auth.replica();
  await waitFor(async () => (await keysOf()).includes('next'), { description: 'the next key' });
});
