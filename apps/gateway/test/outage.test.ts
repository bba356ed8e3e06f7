// What the gateway answers while something behind it is away, and that it comes back by itself.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import request from 'supertest';
import { startGateway, type TestGateway } from './gateway';

let gateway: TestGateway;
let token: string;
before(async () => {
  gateway = await startGateway({ OVERVIEW_DEADLINE_MS: '3000' });
  const person = {
    email: 'olga@example.com',
    password: 'correct horse battery',
    handle: 'olga',
    displayName: 'Olga',
  };
  const answer = await request(gateway.url).post('/api/v1/auth/register').send(person);
  token = (answer.body as { accessToken: string }).accessToken;
});
after(() => gateway.stop());

const get = (path: string) =>
  request(gateway.url).get(path).set('authorization', `Bearer ${token}`);

async function missing(): Promise<string[]> {
  const answer = await get('/api/v1/overview');
  assert.equal(answer.status, 200);
  return (answer.body as { missing: string[] }).missing;
}

test('payments away: what needs it is refused for now, soon without a try, the rest goes on', async () => {
  assert.deepEqual(await missing(), []);
  await gateway.standIns.payments.stop();
  assert.deepEqual(await missing(), ['accounts']);
  assert.equal((await get('/api/v1/users/me')).status, 200);

  const metrics = async () => (await request(gateway.adminUrl).get('/metrics')).text;
  const answers = await Promise.all(Array.from({ length: 30 }, () => get('/api/v1/accounts')));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [503]);
  assert.match(await metrics(), /breaker[^\n]*payments[^\n]* (1|0\.5)\n/);
  const started = Date.now();
  assert.deepEqual(await missing(), ['accounts']);
  assert.ok(Date.now() - started < 2_900, 'the open breaker answers before the deadline');

  await gateway.standIns.payments.startAgain();
  await waitFor(async () => (await get('/api/v1/accounts')).status === 200, {
    timeoutMs: 15_000,
    description: 'the breaker to close again',
  });
});

test('auth away: whoever is signed in goes on, the keys are still served', async () => {
  assert.equal((await request(gateway.url).get('/.well-known/jwks.json')).status, 200);
  await gateway.standIns.auth.stop();
  assert.deepEqual(await missing(), []);
  assert.equal((await request(gateway.url).get('/.well-known/jwks.json')).status, 200);
  const login = await request(gateway.url)
    .post('/api/v1/auth/login')
    .send({ email: 'olga@example.com', password: 'correct horse battery' });
  assert.equal(login.status, 503);
  await gateway.standIns.auth.startAgain();
});

test('its own database away: the overview lacks the activity, the feed is refused for now', async () => {
  gateway.link.cut();
  assert.deepEqual(await missing(), ['activity']);
  assert.equal((await get('/api/v1/activity')).status, 503);
  assert.equal((await get('/api/v1/accounts')).status, 200);
  assert.equal((await request(gateway.adminUrl).get('/readyz')).status, 200);
  gateway.link.mend();
  await waitFor(async () => (await missing()).length === 0, {
    timeoutMs: 15_000,
    description: 'the feed to be read again',
  });
});
