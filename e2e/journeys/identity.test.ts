// Who somebody is, through the whole system: a password that was forgotten, a second factor for a large payment, a key for a
// machine.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { allTopics } from '@quayside/contracts';
import { openDatabase } from '@quayside/database';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { Secret, TOTP } from 'otpauth';
import { call, customer, expectStatus, newPerson, signUp, type Problem } from '../customer';
import { startTemporarySystem, temporaryFolder } from '../temporary';
import { readToEnd } from '../topic-reader';

const dataDir = temporaryFolder();
let system: RunningSystem;
before(async () => {
  system = await startTemporarySystem({ STEP_UP_ABOVE_MINOR_UNITS: '5000' }, dataDir);
});
after(() => system.stop());

interface Tokens {
  userId: string;
  accessToken: string;
  refreshToken: string;
}

const post = <Body>(path: string, body: unknown, token?: string) =>
  call<Body>(system.gatewayUrl, `/api/v1/auth/${path}`, { method: 'POST', body, token });
const typeOf = (body: unknown) => (body as Problem).type.split('/').at(-1);

async function registered() {
  const person = newPerson('ines');
  const answer = await call<Tokens>(system.gatewayUrl, '/api/v1/auth/register', {
    ...{ method: 'POST', body: person, headers: { prefer: 'wait=10' } },
  });
  const tokens = expectStatus(answer, 201);
  return { ...person, ...tokens };
}

/** The text of the one mail to an address, once it is there. */
async function mailTo(email: string): Promise<string> {
  const folder = join(dataDir, 'mail');
  const find = async () => {
    const names = await readdir(folder).catch(() => []);
    const files = names.filter((name) => name.endsWith('.eml'));
    const mails = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    return mails.find((text) => text.includes(`To: ${email}\n`));
  };
  return waitFor(find, { timeoutMs: 20_000, description: `a mail to ${email}` });
}

/** The code of an authenticator, `steps` of 30 seconds from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

test('who has forgotten the password sets another by the mail, once, and is signed out everywhere else', async () => {
  const { email, password, accessToken, refreshToken } = await registered();
  expectStatus(await post('password-reset', { email }), 202);
  const token = /qspr_[\w-]+/.exec(await mailTo(email))?.[0];
  const reset = { token, newPassword: `another ${password}` };
  expectStatus(await post('password-reset/confirm', reset), 204);
  assert.equal((await post('password-reset/confirm', reset)).status, 422);
  assert.equal((await post('login', { email, password })).status, 401);
  assert.equal((await post('refresh', { refreshToken })).status, 401);
  const overview = () => call(system.gatewayUrl, '/api/v1/overview', { token: accessToken });
  await waitFor(async () => (await overview()).status === 401, {
    timeoutMs: 20_000,
    description: 'the end of the last token',
  });
  expectStatus(await post('login', { email, password: reset.newPassword }), 200);

  // The end of the sessions has been told by now, and what led to it is in no topic, dead letters included.
  const names = allTopics().map(({ name }) => name);
  const messages = await readToEnd(system.kafkaBrokers, names);
  assert.ok(messages.some(({ type }) => type === 'quayside.auth.v1.SessionEnded'));
  assert.ok(token);
  for (const { topic, value } of messages) assert.ok(!value.includes(token), topic);
});

test('a large payment needs the second factor of who has one, given just now', async () => {
  const bob = await signUp(system.gatewayUrl, 'bob');
  const ines = await registered();
  const as = (accessToken: string) => customer(system.gatewayUrl, { ...ines, accessToken });
  expectStatus(await as(ines.accessToken).topUp('20000'), 201);
  expectStatus(await as(ines.accessToken).pay(bob.handle, '5001'), 201);
  const { password } = ines;
  const { secret } = expectStatus(
    await post<{ secret: string }>('second-factor', { password }, ines.accessToken),
    201,
  );
  expectStatus(
    await post('second-factor/confirm', { code: codeOf(secret) }, ines.accessToken),
    200,
  );
  const { refreshToken } = ines;
  const { accessToken } = expectStatus(await post<Tokens>('refresh', { refreshToken }), 200);

  expectStatus(await as(accessToken).pay(bob.handle, '5000'), 201);
  const key = randomUUID();
  const refused = await as(accessToken).pay(bob.handle, '5001', key);
  assert.deepEqual([refused.status, typeOf(refused.body)], [401, 'step_up_required']);
  assert.match(refused.headers.get('www-authenticate') ?? '', /insufficient_user_authentication/);
  // The code of now has been used.
  const stepped = await post<Tokens>('step-up', { code: codeOf(secret, 1) }, accessToken);
  expectStatus(await as(expectStatus(stepped, 200).accessToken).pay(bob.handle, '5001', key), 201);
  assert.equal((await bob.account()).balance.amount, '15002');
});

test('a key acts for its owner within its scopes, until it is revoked', async () => {
  const ines = await registered();
  const { accessToken, password } = ines;
  const scopes = ['accounts:read'];
  const made = await post<{ apiKey: string; key: { keyId: string } }>(
    'api-keys',
    { name: 'nightly job', scopes, password },
    accessToken,
  );
  const { apiKey, key } = expectStatus(made, 201);
  const { accessToken: token } = expectStatus(await post<Tokens>('token', { apiKey }), 200);
  const job = customer(system.gatewayUrl, { ...ines, accessToken: token });
  assert.equal((await job.account()).balance.amount, '0');
  assert.equal((await job.topUp('1')).status, 403);
  // The key itself opens nothing.
  const bare = await call(system.gatewayUrl, '/api/v1/accounts', { token: apiKey });
  assert.equal(bare.status, 401);

  const path = `/api/v1/auth/api-keys/${key.keyId}`;
  expectStatus(await call(system.gatewayUrl, path, { method: 'DELETE', token: accessToken }), 204);
  assert.equal((await post('token', { apiKey })).status, 401);
  await waitFor(async () => (await job.get('/api/v1/accounts')).status === 401, {
    timeoutMs: 20_000,
    description: 'the end of the last token of the key',
  });
  expectStatus(await call(system.gatewayUrl, '/api/v1/accounts', { token: accessToken }), 200);
});

test('npm run keys:rotate publishes the next key of the running system', async () => {
  const url = system.databaseUrls.auth?.runtime ?? '';
  const database = openDatabase({ url, applicationName: 'e2e', max: 1 });
  const keys = async () =>
    (await database.query<{ status: string }>('SELECT status FROM signing_keys')).map(
      ({ status }) => status,
    );
  try {
    assert.deepEqual(await keys(), ['active']);
    const env = { ...process.env, QUAYSIDE_DATA: dataDir };
    await promisify(execFile)('npm', ['run', 'keys:rotate'], { env });
    assert.deepEqual((await keys()).sort(), ['active', 'next']);
  } finally {
    await database.close();
  }
});
