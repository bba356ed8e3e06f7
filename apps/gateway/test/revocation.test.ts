// The end of a session reaches every replica, whichever of them consumed the event.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toTimestamp } from '@quayside/contracts';
import { openDatabase } from '@quayside/database';
import { waitFor } from '@quayside/testing';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type Replica, type TestGateway } from './gateway';
import { startPublisher } from './publisher';
import { CODE } from './stand-ins/second-factor';

let gateway: TestGateway;
let second: Replica;
let auth: ReturnType<typeof startPublisher>;
before(async () => {
  gateway = await startGateway();
  second = await gateway.addReplica();
  auth = startPublisher(gateway, 'auth');
});
after(async () => {
  await auth.stop();
  await gateway.stop();
});

const sessionEnded = (sessionId: string, userId: string, endedAt = new Date()) =>
  ({
    type: 'quayside.auth.v1.SessionEnded',
    key: userId,
    payload: { sessionId, userId, reason: 'logout', endedAt: toTimestamp(endedAt) },
  }) as const;

const statusAt = async (url: string, token: string) =>
  (await request(url).get('/api/v1/activity').set('authorization', `Bearer ${token}`)).status;

async function signIn() {
  const [sessionId, userId] = [uuidv7(), uuidv7()];
  return { sessionId, userId, token: await gateway.tokens.userToken({ sessionId, userId }) };
}

/** Resolves when neither replica takes the token any more. */
const refusedByBoth = (token: string, timeoutMs = 10_000) =>
  waitFor(
    async () => {
      const statuses = [await statusAt(gateway.url, token), await statusAt(second.url, token)];
      return statuses.every((status) => status === 401);
    },
    { timeoutMs, description: 'both replicas to refuse the token' },
  );

const metric = async (name: string) => {
  const { text } = await request(gateway.adminUrl).get('/metrics');
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
};

/** The consumers have joined and what was published before has been read. */
async function warm() {
  const { token, sessionId, userId } = await signIn();
  await auth.publish(sessionEnded(sessionId, userId));
  await refusedByBoth(token, 30_000);
}

test('both replicas refuse the tokens of an ended session within a second, those of others not', async () => {
  await warm();
  const [alice, bob] = [await signIn(), await signIn()];
  for (const { url } of [gateway, second]) {
    assert.equal(await statusAt(url, alice.token), 200);
    assert.equal(await statusAt(url, bob.token), 200);
  }
  const started = performance.now();
  await auth.publish(sessionEnded(alice.sessionId, alice.userId));
  await refusedByBoth(alice.token);
  const took = performance.now() - started;
  assert.ok(took < 1000, `It took ${took} ms`);
  assert.equal(await statusAt(gateway.url, bob.token), 200);
  assert.equal(await statusAt(second.url, bob.token), 200);
});

test('a replica that starts later knows what ended before', async () => {
  const { token, sessionId, userId } = await signIn();
  await auth.publish(sessionEnded(sessionId, userId));
  await refusedByBoth(token);
  const third = await gateway.addReplica({ CONSUMERS: 'off' });
  assert.equal(await statusAt(third.url, token), 401);
  await third.stop();
});

test('a token that lives longer than ended sessions are remembered is not taken to its end', async () => {
  const brief = await gateway.addReplica({ CONSUMERS: 'off', REVOCATION_SECONDS: '60' });
  const issued = (issuedSecondsAgo: number) => gateway.tokens.userToken({ issuedSecondsAgo });
  assert.equal(await statusAt(brief.url, await issued(0)), 200);
  assert.equal(await statusAt(brief.url, await issued(40)), 401);
  assert.equal(await statusAt(gateway.url, await issued(40)), 200);
  await brief.stop();
});

test('no client is told that its token is good for longer than it is taken', async () => {
  const brief = await gateway.addReplica({ CONSUMERS: 'off', REVOCATION_SECONDS: '60' });
  const told = (gateway: { url: string }) => async (path: string, body: object, token?: string) => {
    const asked = request(gateway.url).post(`/api/v1/auth/${path}`);
    if (token !== undefined) asked.set('authorization', `Bearer ${token}`);
    const answer = await asked.send(body);
    assert.ok(answer.ok, `${path}: ${answer.text}`);
    return answer.body as Record<string, string> & { expiresIn: number };
  };
  const [email, password, code] = ['brief@example.com', 'correct horse battery', CODE];
  const ask = told(brief);
  const person = { email, password, handle: 'brief', displayName: 'Brief' };
  const { accessToken, refreshToken, expiresIn } = await ask('register', person);
  const key = { name: 'job', scopes: ['accounts:read'], password };
  const { apiKey } = await ask('api-keys', key, accessToken);
  await ask('second-factor', { password }, accessToken);
  const others = [
    await ask('login', { email, password }),
    await ask('refresh', { refreshToken }),
    await ask('token', { apiKey }),
    await ask('second-factor/confirm', { code }, accessToken),
    await ask('step-up', { code }, accessToken),
  ];
  assert.deepEqual([expiresIn, ...others.map((other) => other.expiresIn)], Array(6).fill(30));
  assert.equal((await told(gateway)('login', { email, password })).expiresIn, 600);
  await brief.stop();
});

test('what was announced while the way to the database was cut is read when it is back', async () => {
  const { token, sessionId, userId } = await signIn();
  gateway.link.cut();
  await auth.publish(sessionEnded(sessionId, userId));
  gateway.link.mend();
  await refusedByBoth(token, 30_000);
});

test('the same end told twice, or long ago, is no harm', async () => {
  const { token, sessionId, userId } = await signIn();
  const old = await signIn();
  const longAgo = new Date(Date.now() - 3_600_000);
  await auth.publish(
    sessionEnded(old.sessionId, old.userId, longAgo),
    sessionEnded(sessionId, userId),
    sessionEnded(sessionId, userId),
  );
  await refusedByBoth(token);
  const owner = openDatabase({ url: gateway.database.ownerUrl, applicationName: 'look' });
  const rows = await owner.query('SELECT FROM revocations WHERE session_id = ANY ($1)', [
    [sessionId, old.sessionId],
  ]);
  await owner.close();
  assert.equal(rows.length, 1);
});

test('what can no longer matter is deleted, by a job of each replica', async () => {
  const { token, sessionId, userId } = await signIn();
  await auth.publish(sessionEnded(sessionId, userId));
  await refusedByBoth(token);
  const old = uuidv7();
  const owner = openDatabase({ url: gateway.database.ownerUrl, applicationName: 'look' });
  await owner.query(
    "INSERT INTO revocations (session_id, ended_at) VALUES ($1, now() - interval '1 hour')",
    [old],
  );
  const third = await gateway.addReplica({ CONSUMERS: 'off' });
  const left = async () => {
    const found = 'SELECT session_id AS id FROM revocations WHERE session_id = ANY ($1)';
    return (await owner.query<{ id: string }>(found, [[sessionId, old]])).map(({ id }) => id);
  };
  await waitFor(async () => !(await left()).includes(old), { description: 'the old one to go' });
  assert.deepEqual(await left(), [sessionId]);
  await third.stop();
  await owner.close();
});

test('while Kafka is away a metric says that tokens work until they expire', async () => {
  assert.equal(await metric('gateway_revocation_bound_seconds'), 1);
  const { token, sessionId, userId } = await signIn();
  await gateway.broker.restart(async () => {
    assert.equal(await metric('gateway_revocation_bound_seconds'), 660);
    await auth.publish(sessionEnded(sessionId, userId));
    assert.equal(await statusAt(gateway.url, token), 200);
  });
  await refusedByBoth(token, 30_000);
  await waitFor(async () => (await metric('gateway_revocation_bound_seconds')) === 1);
});
