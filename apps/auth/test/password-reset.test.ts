import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Database, QueryOptions, Transaction } from '@quayside/database';
import { waitFor } from '@quayside/testing';
import { decodeJwt } from 'jose';
import type { AuthDependencies } from '../src/rpc/dependencies';
import { requestPasswordReset } from '../src/rpc/request-password-reset';
import {
  announcedEnds,
  newcomer,
  PASSWORD,
  registered,
  startAuth,
  type AuthFixture,
} from './auth-fixture';

let auth: AuthFixture;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-mail-'));
  auth = await startAuth({ env: { MAIL_FOLDER: folder } });
});
after(async () => {
  await auth.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => auth.database.query('DELETE FROM throttles'));

const NEW = 'quite another battery';
const request = (email: string) => auth.client.RequestPasswordReset({ email });
const confirm = (token: string, newPassword = NEW) =>
  auth.client.ConfirmPasswordReset({ token, newPassword });
const invalid = { code: 'reset_token_invalid' };

async function mailsTo(email: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return mails.filter((mail) => mail.includes(`To: ${email}\n`));
}

const mailTo = (email: string, count = 1) =>
  waitFor(async () => (await mailsTo(email))[count - 1], { description: `mail to ${email}` });
const tokenIn = (mail: string) => /qspr_[\w-]{43}/.exec(mail)![0];

async function asked(email: string, count = 1): Promise<string> {
  await request(email);
  return tokenIn(await mailTo(email, count));
}

const pending = () => auth.database.query('SELECT FROM password_reset_requests');
const nothingPending = () =>
  waitFor(async () => (await pending()).length === 0, { description: 'all mails to be sent' });

test('a token from the mail sets a new password, once, and ends every session', async () => {
  const { person, tokens } = await registered(auth.client);
  const token = await asked(person.email);
  await assert.rejects(confirm(token, 'too short'), { code: 'invalid_request' });
  await confirm(token);
  await assert.rejects(confirm(token, 'yet another battery'), invalid);
  const refused = { code: 'unauthenticated' };
  await assert.rejects(auth.client.Login({ email: person.email, password: PASSWORD }), refused);
  await auth.client.Login({ email: person.email, password: NEW });
  await assert.rejects(auth.client.Refresh({ refreshToken: tokens.refreshToken }), refused);
  assert.deepEqual(await announcedEnds(auth.database, person.userId), [
    { sessionId: decodeJwt(tokens.accessToken).sid, reason: 'password_reset' },
  ]);
});

test('of two that use a token at once one succeeds', async () => {
  const { person } = await registered(auth.client);
  const token = await asked(person.email);
  const results = await Promise.allSettled([confirm(token), confirm(token, 'yet another battery')]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('a token of half an hour ago, a changed one and nonsense are refused', async () => {
  const { person } = await registered(auth.client);
  const token = await asked(person.email);
  await auth.database.query(
    `UPDATE password_reset_tokens SET expires_at = expires_at - interval '30 minutes'
     WHERE user_id = $1`,
    [person.userId],
  );
  for (const bad of [token, `${token.slice(0, -1)}!`, `qspr_${'A'.repeat(43)}`, '', 'nonsense']) {
    await assert.rejects(confirm(bad), invalid);
  }
  await auth.client.Login({ email: person.email, password: PASSWORD });
});

test('a used token makes the others of its user worthless, and so does a changed password', async () => {
  const { person, tokens } = await registered(auth.client);
  const first = await asked(person.email);
  await nothingPending();
  const second = await asked(person.email, 2);
  await confirm(second);
  await assert.rejects(confirm(first), invalid);
  await nothingPending();
  const third = await asked(person.email, 3);
  const { accessToken } = (await auth.client.Login({ email: person.email, password: NEW })).tokens!;
  await auth.user.ChangePassword(accessToken, {
    currentPassword: NEW,
    newPassword: 'yet another battery',
  });
  await assert.rejects(confirm(third), invalid);
  assert.ok(tokens);
});

test('a stranger cannot fill a mailbox: three mails in half an hour, each answered alike', async () => {
  const { person } = await registered(auth.client);
  for (let count = 0; count < 5; count++) {
    assert.deepEqual(await request(person.email), {});
    await nothingPending();
  }
  assert.equal((await mailsTo(person.email)).length, 3);
});

test('asking from one place again and again has to wait', async () => {
  const client = { address: '192.0.2.44', userAgent: '' };
  const ask = () => auth.client.RequestPasswordReset({ email: newcomer().email, client });
  for (let count = 0; count < 6; count++) await ask();
  await assert.rejects(
    ask(),
    (error: { code: string; retryAfterSeconds: number }) =>
      error.code === 'rate_limited' && error.retryAfterSeconds <= 5,
  );
});

/** Counts what is asked of a database. */
function counting(database: Database) {
  const statements: string[] = [];
  const noted = (text: string) => void statements.push(text.trim().split('\n')[0]!);
  const counted: Database = {
    ...database,
    query: <Row extends object>(text: string, values?: unknown[], options?: QueryOptions) => {
      noted(text);
      return database.query<Row>(text, values, options);
    },
    transaction: (fn, options) =>
      database.transaction(
        (tx) =>
          fn({
            ...tx,
            query: <Row extends object>(text: string, values?: unknown[]) => {
              noted(text);
              return tx.query<Row>(text, values);
            },
          } satisfies Transaction),
        options,
      ),
  };
  return { database: counted, statements };
}

test('known and unknown addresses get the same answer for the same statements, and one mail between them', async () => {
  const { person } = await registered(auth.client);
  const stranger = newcomer();
  const work = async (email: string) => {
    const { database, statements } = counting(auth.database);
    const resets = { wake: () => void statements.push('wake') };
    const answer = await requestPasswordReset(
      { database, resets } as unknown as AuthDependencies,
      { email, client: { address: '192.0.2.5', userAgent: '' } },
      { deadline: new Date(Date.now() + 10_000) } as never,
    );
    return { answer, statements };
  };
  const known = await work(person.email);
  assert.deepEqual(await work(stranger.email), known);
  assert.equal(known.statements.at(-1), 'wake');
  await request(newcomer().email);
  await mailTo(person.email);
  await nothingPending();
  assert.deepEqual(await mailsTo(stranger.email), []);
});

test('the token is in the mail alone, which its owner alone can read', async () => {
  const { person } = await registered(auth.client);
  const token = await asked(person.email);
  await nothingPending();
  const [file] = (await readdir(folder)).sort().reverse();
  const { mode } = await stat(join(folder, file!));
  assert.equal(mode & 0o777, 0o600);
  const [dump] = await auth.database.query<{ everything: string }>(
    `SELECT coalesce((SELECT string_agg(t::text, ' ') FROM password_reset_tokens t), '')
         || coalesce((SELECT string_agg(r::text, ' ') FROM password_reset_requests r), '')
         || coalesce((SELECT string_agg(o::text, ' ') FROM outbox o), '') AS everything`,
  );
  assert.ok(dump!.everything.includes(person.userId));
  const hex = Buffer.from(token).toString('hex');
  assert.ok(!dump!.everything.includes(token) && !dump!.everything.includes(hex));
});
