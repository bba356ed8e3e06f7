import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { announcedEnds, PASSWORD, registered, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const NEW = 'quite another battery';
const change = (token: string, currentPassword: string, newPassword = NEW) =>
  auth.user.ChangePassword(token, { currentPassword, newPassword });

test('the new password signs in, the old one does not, and every other session ends', async () => {
  const { person, tokens } = await registered(auth.client);
  const other = (await auth.client.Login({ email: person.email, password: PASSWORD })).tokens!;
  await change(tokens.accessToken, PASSWORD);
  const refused = { code: 'unauthenticated' };
  await assert.rejects(auth.client.Login({ email: person.email, password: PASSWORD }), refused);
  await auth.client.Login({ email: person.email, password: NEW });
  await assert.rejects(auth.client.Refresh({ refreshToken: other.refreshToken }), refused);
  await auth.client.Refresh({ refreshToken: tokens.refreshToken });
  assert.deepEqual(await announcedEnds(auth.database, person.userId), [
    { sessionId: decodeJwt(other.accessToken).sid, reason: 'password_changed' },
  ]);
});

test('a wrong current password and a bad new one change nothing', async () => {
  const { person, tokens } = await registered(auth.client);
  const { accessToken } = tokens;
  await assert.rejects(change(accessToken, 'wrong horse battery'), { code: 'wrong_password' });
  for (const bad of ['too short', '1qaz2wsx3edc', PASSWORD]) {
    await assert.rejects(
      change(accessToken, PASSWORD, bad),
      (error: { code: string; fields: { path: string }[] }) =>
        error.code === 'invalid_request' && error.fields[0]!.path === '/newPassword',
    );
  }
  await auth.client.Login({ email: person.email, password: PASSWORD });
});

test('the token of a session that has ended changes no password', async () => {
  const { tokens } = await registered(auth.client);
  await auth.client.Logout({ refreshToken: tokens.refreshToken });
  await assert.rejects(change(tokens.accessToken, PASSWORD), { code: 'unauthenticated' });
});

test('who guesses with a stolen token has to wait, and others do not', async () => {
  const { person, tokens } = await registered(auth.client);
  const attempts = await Promise.allSettled(
    Array.from({ length: 9 }, () => change(tokens.accessToken, 'wrong horse battery')),
  );
  const codes = attempts.map(
    (one) => one.status === 'rejected' && (one.reason as { code: string }).code,
  );
  assert.ok(codes.includes('rate_limited'), String(codes));
  assert.ok(codes.filter((code) => code === 'wrong_password').length <= 6, String(codes));
  await auth.client.Login({ email: person.email, password: PASSWORD });
  const somebodyElse = await registered(auth.client);
  await change(somebodyElse.tokens.accessToken, PASSWORD);
});
