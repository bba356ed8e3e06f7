import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fromTimestamp } from '@quayside/contracts';
import { decodeJwt } from 'jose';
import { v7 } from 'uuid';
import { announcedEnds, PASSWORD, registered, startAuth, type AuthFixture } from './auth-fixture';

let auth: AuthFixture;
before(async () => (auth = await startAuth()));
after(() => auth.stop());

const sessionOf = (token: string) => String(decodeJwt(token).sid);

async function twice() {
  const { person, tokens } = await registered(auth.client);
  const client = { address: '192.0.2.9', userAgent: 'Mozilla/5.0 (phone)' };
  const login = { email: person.email, password: PASSWORD, client };
  return { person, first: tokens, second: (await auth.client.Login(login)).tokens! };
}

test('sessions are listed with device and place of their last use, the latest first', async () => {
  const { first, second } = await twice();
  const client = { address: '::ffff:198.51.100.4', userAgent: `curl/8 ${'x'.repeat(500)}` };
  const refreshed = await auth.client.Refresh({ refreshToken: first.refreshToken, client });
  const { sessions } = await auth.user.ListSessions(refreshed.tokens!.accessToken);
  assert.deepEqual(
    sessions.map(({ sessionId, address, current }) => ({ sessionId, address, current })),
    [
      { sessionId: sessionOf(first.accessToken), address: '198.51.100.4', current: true },
      { sessionId: sessionOf(second.accessToken), address: '192.0.2.9', current: false },
    ],
  );
  assert.match(sessions[0]!.device, /^curl\/8 x+$/);
  assert.equal(sessions[0]!.device.length, 120);
  const [lastUsed, expires] = [sessions[0]!.lastUsedAt, sessions[0]!.expiresAt].map(fromTimestamp);
  assert.equal(expires!.getTime() - lastUsed!.getTime(), 14 * 24 * 3600_000);
});

test('a session can be ended from another one, which is announced', async () => {
  const { person, first, second } = await twice();
  await auth.user.EndSession(first.accessToken, sessionOf(second.accessToken));
  await assert.rejects(auth.client.Refresh({ refreshToken: second.refreshToken }), {
    code: 'unauthenticated',
  });
  const { sessions } = await auth.user.ListSessions(first.accessToken);
  assert.deepEqual(
    sessions.map(({ sessionId }) => sessionId),
    [sessionOf(first.accessToken)],
  );
  assert.deepEqual(await announcedEnds(auth.database, person.userId), [
    { sessionId: sessionOf(second.accessToken), reason: 'ended_by_user' },
  ]);
  const again = auth.user.EndSession(first.accessToken, sessionOf(second.accessToken));
  await assert.rejects(again, { code: 'not_found' });
  // The token outlives its session by minutes; it ends nothing any more.
  const revenge = auth.user.EndSession(second.accessToken, sessionOf(first.accessToken));
  await assert.rejects(revenge, { code: 'unauthenticated' });
});

test("somebody else's session, an unknown one and nonsense are not found", async () => {
  const { first } = await twice();
  const stranger = await registered(auth.client);
  for (const id of [sessionOf(stranger.tokens.accessToken), v7(), 'nonsense', '']) {
    await assert.rejects(auth.user.EndSession(first.accessToken, id), { code: 'not_found' });
  }
  await auth.client.Refresh({ refreshToken: stranger.tokens.refreshToken });
});

test('a session that was idle too long is not listed', async () => {
  const { person, first, second } = await twice();
  await auth.database.query(
    `UPDATE sessions SET last_used_at = now() - interval '15 days' WHERE user_id = $1 AND session_id = $2`,
    [person.userId, sessionOf(first.accessToken)],
  );
  const { sessions } = await auth.user.ListSessions(second.accessToken);
  assert.equal(sessions.length, 1);
});
