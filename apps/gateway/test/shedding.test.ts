// Too much at once is turned away by priority; what was let in gets its answer.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type TestGateway } from './gateway';

let gateway: TestGateway;
let token: string;
before(async () => {
  gateway = await startGateway({ SHEDDING_MIN_REQUESTS: '4', SHEDDING_MAX_REQUESTS: '4' });
  token = await gateway.tokens.userToken();
});
after(() => gateway.stop());

const get = (path: string) =>
  request(gateway.url).get(path).set('authorization', `Bearer ${token}`);

const pay = () =>
  request(gateway.url)
    .post('/api/v1/payments')
    .set('authorization', `Bearer ${token}`)
    .set('idempotency-key', uuidv7())
    .send({ toHandle: 'nobody', amount: { amount: '1', currency: 'EUR' } });

const metrics = async () => (await request(gateway.adminUrl).get('/metrics')).text;

/** Has `count` reads wait in the service behind; `letGo` ends them and gives their statuses. */
async function occupied(count: number) {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  gateway.standIns.payments.overrides.set('ListAccounts', async () => {
    await gate;
    return { accounts: [] };
  });
  const reads = Array.from({ length: count }, () => get('/api/v1/accounts').then((one) => one));
  const atWork = new RegExp(`^gateway_requests_in_flight ${count}$`, 'm');
  await waitFor(async () => atWork.test(await metrics()), { description: `${count} at work` });
  return async () => {
    letGo();
    const statuses = (await Promise.all(reads)).map(({ status }) => status);
    gateway.standIns.payments.overrides.clear();
    return statuses;
  };
}

test('a least that is more than the most keeps the gateway from starting', async () => {
  await assert.rejects(gateway.addReplica({ SHEDDING_MIN_REQUESTS: '5' }), {
    name: 'ConfigError',
    message: /SHEDDING_MIN_REQUESTS is 5, more than SHEDDING_MAX_REQUESTS, which is 4/,
  });
});

test('lists go first: at three quarters they are turned away, other reads are not', async () => {
  const letGo = await occupied(3);
  const list = await get('/api/v1/activity');
  assert.equal(list.status, 503);
  assert.equal(list.headers['retry-after'], '1');
  assert.match((list.body as { type: string }).type, /unavailable$/);
  assert.equal((await get('/docs')).status, 503);
  assert.equal((await get('/.well-known/jwks.json')).status, 200);
  assert.deepEqual(await letGo(), [200, 200, 200]);
  assert.equal((await get('/api/v1/activity')).status, 200);
});

test('payments go last, and health is never turned away', async () => {
  const letGo = await occupied(4);
  assert.equal((await get('/api/v1/overview')).status, 503);
  assert.equal((await pay()).status, 404);
  for (const path of ['/livez', '/readyz', '/metrics']) {
    assert.equal((await request(gateway.adminUrl).get(path)).status, 200, path);
  }
  assert.deepEqual(await letGo(), [200, 200, 200, 200]);
  assert.match(await metrics(), /^gateway_shed_total\{priority="normal"\} 1$/m);
});
