import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { metrics } from '@quayside/telemetry';
import { decodeJwt } from 'jose';
import { refreshTokenHash } from '../src/domain/refresh-token';
import { deleteExpired } from '../src/store/sessions';
import {
  announcedEnds as announcedEndsIn,
  registered,
  startAuth,
  type AuthFixture,
} from './auth-fixture';

let auth: AuthFixture;
const [SESSION_SECONDS, REFRESH_IDLE_SECONDS] = [7_200, 3_600];
before(async () => {
  const env = {
    SESSION_SECONDS: String(SESSION_SECONDS),
    REFRESH_IDLE_SECONDS: String(REFRESH_IDLE_SECONDS),
  };
  auth = await startAuth({ env });
});
after(() => auth.stop());

const refresh = (refreshToken: string) => auth.client.Refresh({ refreshToken });
const unauthenticated = { code: 'unauthenticated' };

async function endOf(refreshToken: string): Promise<string | null> {
  const [row] = await auth.database.query<{ end_reason: string | null }>(
    `SELECT end_reason FROM sessions JOIN refresh_tokens USING (session_id) WHERE token_hash = $1`,
    [refreshTokenHash(refreshToken)],
  );
  return row!.end_reason;
}

const announcedEnds = (userId: string) => announcedEndsIn(auth.database, userId);

test('a refresh token is exchanged for a new pair of the same session', async () => {
  const { person, tokens } = await registered(auth.client);
  const answer = await refresh(tokens.refreshToken);
  assert.equal(answer.userId, person.userId);
  assert.notEqual(answer.tokens!.refreshToken, tokens.refreshToken);
  const [before, now] = [tokens.accessToken, answer.tokens!.accessToken].map((t) => decodeJwt(t));
  assert.equal(now!.sid, before!.sid);
  assert.notEqual(now!.jti, before!.jti);
  const third = await refresh(answer.tokens!.refreshToken);
  assert.equal(third.userId, person.userId);
});

/** Lets time pass for the uses of a user's tokens. */
const later = (userId: string, seconds: number) =>
  auth.database.query(
    `UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => $2)
     WHERE session_id IN (SELECT session_id FROM sessions WHERE user_id = $1)`,
    [userId, seconds],
  );

/** How many families a reused token has ended, as `/metrics` says. */
async function countedReuses(): Promise<number> {
  const shown = await metrics.registry.getSingleMetricAsString('auth_refreshes_total');
  return Number(/outcome="reused"} (\d+)/.exec(shown)?.[1] ?? 0);
}

test('a token used again later ends its whole family, other sessions stay', async () => {
  const reuses = await countedReuses();
  const { person, tokens } = await registered(auth.client);
  const other = await auth.client.Login({ email: person.email, password: person.password });
  const second = await refresh(tokens.refreshToken);
  await later(person.userId, 11);
  await assert.rejects(refresh(tokens.refreshToken), unauthenticated);
  assert.equal(await endOf(tokens.refreshToken), 'token_reused');
  assert.equal(await countedReuses(), reuses + 1);
  await assert.rejects(refresh(second.tokens!.refreshToken), unauthenticated);
  await refresh(other.tokens!.refreshToken);
});

test('a lost answer can be asked for again, and every answer is good', async () => {
  const { person, tokens } = await registered(auth.client);
  const lost = await refresh(tokens.refreshToken);
  await later(person.userId, 9);
  const again = await refresh(tokens.refreshToken);
  await refresh(again.tokens!.refreshToken);
  await refresh(lost.tokens!.refreshToken);
  assert.equal(await endOf(tokens.refreshToken), null);
});

test('once a successor has been used, its predecessor ends the family even at once', async () => {
  const { tokens } = await registered(auth.client);
  const second = await refresh(tokens.refreshToken);
  const third = await refresh(second.tokens!.refreshToken);
  await assert.rejects(refresh(tokens.refreshToken), unauthenticated);
  assert.equal(await endOf(tokens.refreshToken), 'token_reused');
  await assert.rejects(refresh(third.tokens!.refreshToken), unauthenticated);
});

test('of many refreshes of one token at once each gets a token of its own, of one family', async () => {
  const { person, tokens } = await registered(auth.client);
  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(tokens.refreshToken)));
  const successors = new Set(answers.map((answer) => answer.tokens!.refreshToken));
  assert.equal(successors.size, 8);
  const sessions = new Set(answers.map((answer) => decodeJwt(answer.tokens!.accessToken).sid));
  assert.equal(sessions.size, 1);
  const children = await auth.database.query('SELECT FROM refresh_tokens WHERE parent_hash = $1', [
    refreshTokenHash(tokens.refreshToken),
  ]);
  assert.equal(children.length, 8);
  assert.deepEqual(await announcedEnds(person.userId), []);
});

test('an unknown token is refused, in any form', async () => {
  for (const token of ['', 'nonsense', `qsrt_${'A'.repeat(43)}`, 'x'.repeat(10_000)]) {
    await assert.rejects(refresh(token), unauthenticated);
  }
});

test('sessions and their tokens last as long as the settings say', async () => {
  const { tokens } = await registered(auth.client);
  const { refreshToken } = (await refresh(tokens.refreshToken)).tokens!;
  for (const token of [tokens.refreshToken, refreshToken]) {
    const [row] = await auth.database.query<{ session: number; idle: number }>(
      `SELECT extract(epoch FROM s.expires_at - s.created_at)::float8 AS session,
              extract(epoch FROM t.expires_at - t.created_at)::float8 AS idle
       FROM refresh_tokens t JOIN sessions s USING (session_id) WHERE token_hash = $1`,
      [refreshTokenHash(token)],
    );
    assert.ok(Math.abs(row!.session - SESSION_SECONDS) < 5, `session: ${row!.session}`);
    assert.ok(Math.abs(row!.idle - REFRESH_IDLE_SECONDS) < 5, `idle: ${row!.idle}`);
  }
});

test('a session ends when it was idle too long, and at its absolute end', async () => {
  const idle = await registered(auth.client);
  await auth.database.query(
    `UPDATE refresh_tokens SET expires_at = now() - interval '1 second' WHERE token_hash = $1`,
    [refreshTokenHash(idle.tokens.refreshToken)],
  );
  await assert.rejects(refresh(idle.tokens.refreshToken), unauthenticated);

  const old = await registered(auth.client);
  await auth.database.query(
    `UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`,
    [old.person.userId],
  );
  await assert.rejects(refresh(old.tokens.refreshToken), unauthenticated);
  assert.equal(await endOf(old.tokens.refreshToken), null);
});

test('a token never outlives its session', async () => {
  const { person, tokens } = await registered(auth.client);
  await auth.database.query(
    `UPDATE sessions SET expires_at = now() + interval '1 minute' WHERE user_id = $1`,
    [person.userId],
  );
  const next = await refresh(tokens.refreshToken);
  const [row] = await auth.database.query<{ within: boolean }>(
    `SELECT t.expires_at <= s.expires_at AS within
     FROM refresh_tokens t JOIN sessions s USING (session_id) WHERE token_hash = $1`,
    [refreshTokenHash(next.tokens!.refreshToken)],
  );
  assert.equal(row!.within, true);
});

test('logout ends the session by its newest or by a used token; unknown ones are no error', async () => {
  const first = await registered(auth.client);
  await auth.client.Logout({ refreshToken: first.tokens.refreshToken });
  await assert.rejects(refresh(first.tokens.refreshToken), unauthenticated);
  assert.equal(await endOf(first.tokens.refreshToken), 'logout');

  const second = await registered(auth.client);
  const next = await refresh(second.tokens.refreshToken);
  await auth.client.Logout({ refreshToken: second.tokens.refreshToken });
  await assert.rejects(refresh(next.tokens!.refreshToken), unauthenticated);

  for (const refreshToken of ['', 'nonsense', `qsrt_${'A'.repeat(43)}`]) {
    await auth.client.Logout({ refreshToken });
  }
});

test('the clean-up deletes what has expired and nothing else', async () => {
  const [gone, kept] = [await registered(auth.client), await registered(auth.client)];
  await auth.database.query(
    `UPDATE sessions SET expires_at = now() - interval '2 days' WHERE user_id = $1`,
    [gone.person.userId],
  );
  assert.ok((await deleteExpired(auth.database, 1000)) >= 1);
  const left = await auth.database.query<{ user_id: string }>(
    'SELECT user_id FROM sessions WHERE user_id = ANY($1)',
    [[gone.person.userId, kept.person.userId]],
  );
  assert.deepEqual(left, [{ user_id: kept.person.userId }]);
  await refresh(kept.tokens.refreshToken);
});

test('the end of a session is announced once, by its first reason', async () => {
  const { person, tokens } = await registered(auth.client);
  const sessionId = decodeJwt(tokens.accessToken).sid;
  await refresh(tokens.refreshToken);
  assert.deepEqual(await announcedEnds(person.userId), []);
  await later(person.userId, 11);
  await assert.rejects(refresh(tokens.refreshToken), unauthenticated);
  await assert.rejects(refresh(tokens.refreshToken), unauthenticated);
  await auth.client.Logout({ refreshToken: tokens.refreshToken });
  assert.deepEqual(await announcedEnds(person.userId), [{ sessionId, reason: 'token_reused' }]);

  const other = await registered(auth.client);
  const otherId = decodeJwt(other.tokens.accessToken).sid;
  for (let i = 0; i < 2; i++) await auth.client.Logout({ refreshToken: other.tokens.refreshToken });
  assert.deepEqual(await announcedEnds(other.person.userId), [
    { sessionId: otherId, reason: 'logout' },
  ]);
});
