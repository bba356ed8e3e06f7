import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import request from 'supertest';
import { startGateway, type TestGateway } from './gateway';

let gateway: TestGateway;
before(async () => (gateway = await startGateway({ TRUSTED_PROXY_HOPS: '1' })));
after(() => gateway.stop());

async function toldToAuth(headers: Record<string, string>, url = gateway.url) {
  let client: auth.ClientInfo__Output | null = null;
  gateway.standIns.auth.overrides.set('Login', (message: auth.LoginRequest__Output) => {
    client = message.client;
    throw new QuaysideError('unauthenticated', 'No.');
  });
  const body = { email: 'ada@example.com', password: 'x' };
  await request(url).post('/api/v1/auth/login').set(headers).send(body);
  return client as auth.ClientInfo__Output | null;
}

test('auth is told the address that the trusted proxy saw, never what the client itself claims', async () => {
  const told = await toldToAuth({
    'x-forwarded-for': '198.51.100.66, 192.0.2.7',
    'user-agent': 'Mozilla/5.0',
  });
  assert.deepEqual(told, { address: '192.0.2.7', userAgent: 'Mozilla/5.0' });
  const direct = await toldToAuth({});
  assert.equal(direct!.address, '127.0.0.1');
});

test('auth is told a bare address, however the proxy writes it, and the proxy for what is none', async () => {
  const addressFor = async (written: string) =>
    (await toldToAuth({ 'x-forwarded-for': written }))!.address;
  assert.equal(await addressFor('192.0.2.7:5678'), '192.0.2.7');
  assert.equal(await addressFor('[2001:db8::1]:5678'), '2001:db8::1');
  assert.equal(await addressFor('::ffff:192.0.2.7'), '192.0.2.7');
  assert.equal(await addressFor('unknown'), '127.0.0.1');
});

test('as many proxies are believed as are configured, none by default', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.66, 192.0.2.7, 192.0.2.8' };
  const addressAt = async (hops: string) => {
    const { url } = await gateway.addReplica({ TRUSTED_PROXY_HOPS: hops });
    return (await toldToAuth(headers, url))!.address;
  };
  assert.equal(await addressAt(''), '127.0.0.1');
  assert.equal(await addressAt('0'), '127.0.0.1');
  assert.equal(await addressAt('2'), '192.0.2.7');
});
