// Too much at once is turned away by priority; what was let in gets its answer.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { waitFor } from '@quayside/testing';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type TestGateway } from './gateway';

const PAGE = 'https://app.example';

let gateway: TestGateway;
let token: string;
before(async () => {
  gateway = await startGateway({
    // Of all; of one part four.
    SHEDDING_MIN_REQUESTS: '4',
    SHEDDING_MAX_REQUESTS: '8',
    CORS_ORIGINS: PAGE,
    // What waits for others waits for as long as a test needs.
    OVERVIEW_DEADLINE_MS: '10000',
  });
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

/** Sends requests, one text each, over one connection without waiting for the answers. */
async function pipelined(...requests: string[]): Promise<net.Socket> {
  const { hostname, port } = new URL(gateway.url);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(requests.join(''));
  return socket;
}

const textOf = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'Host: a', `Authorization: Bearer ${token}`, ...headers, '\r\n'].join(
    '\r\n',
  );

const metrics = async () => (await request(gateway.adminUrl).get('/metrics')).text;

/** Waits until so many requests are at work in a part. */
const atWork = (count: number, part = 'payments') =>
  waitFor(
    async () => (await metrics()).includes(`gateway_requests_in_flight{part="${part}"} ${count}\n`),
    { description: `${count} at work in ${part}` },
  );

const aList = () => get(`/api/v1/accounts/${uuidv7()}/statement`);

/** Has calls of one service wait there until the gate is opened. */
function closedGate(
  method: 'ListAccounts' | 'CreatePayment' | 'ListSessions' = 'ListAccounts',
  service: 'payments' | 'auth' = 'payments',
): () => void {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const { overrides } = gateway.standIns[service];
  overrides.set(method, async () => {
    await gate;
    return { accounts: [], sessions: [] };
  });
  return () => {
    letGo();
    overrides.delete(method);
  };
}

/** Has `count` reads wait in the service behind; `letGo` ends them and gives their statuses. */
async function occupied(count: number) {
  const open = closedGate();
  const reads = Array.from({ length: count }, () => get('/api/v1/accounts').then((one) => one));
  await atWork(count);
  return async () => {
    open();
    return (await Promise.all(reads)).map(({ status }) => status);
  };
}

test('a least that is more than the most keeps the gateway from starting', async () => {
  await assert.rejects(gateway.addReplica({ SHEDDING_MIN_REQUESTS: '9' }), {
    name: 'ConfigError',
    message: /SHEDDING_MIN_REQUESTS is 9, more than SHEDDING_MAX_REQUESTS, which is 8/,
  });
});

test('lists go first: at three quarters they are turned away, other reads are not', async () => {
  const letGo = await occupied(3);
  const list = await aList();
  assert.equal(list.status, 503);
  assert.equal(list.headers['retry-after'], '1');
  const { type, traceId } = list.body as { type: string; traceId: string };
  assert.match(type, /unavailable$/);
  assert.match(traceId, /^[0-9a-f]{32}$/);
  const other = await get(`/api/v1/payments/${uuidv7()}`);
  assert.equal(other.status, 404);
  assert.deepEqual(await letGo(), [200, 200, 200]);
  assert.notEqual((await aList()).status, 503);
});

test('payments go last, and health is never turned away', async () => {
  const letGo = await occupied(4);
  assert.equal((await get(`/api/v1/payments/${uuidv7()}`)).status, 503);
  assert.equal((await pay()).status, 404);
  for (const path of ['/livez', '/readyz', '/metrics']) {
    assert.equal((await request(gateway.adminUrl).get(path)).status, 200, path);
  }
  assert.deepEqual(await letGo(), [200, 200, 200, 200]);
  assert.match(await metrics(), /^gateway_shed_total\{part="payments",priority="normal"\} 1$/m);
});

test('a sign-in is let in where reads of the same part are turned away', async (t) => {
  const open = closedGate('ListSessions', 'auth');
  t.after(open);
  const sessions = () => get('/api/v1/auth/sessions').then(({ status }) => status);
  const waiting = Array.from({ length: 4 }, sessions);
  await atWork(4, 'auth');
  assert.equal(await sessions(), 503);
  const login = await request(gateway.url)
    .post('/api/v1/auth/login')
    .send({ email: 'nobody@example.com', password: 'correct horse battery' });
  assert.equal(login.status, 401);
  open();
  assert.deepEqual(await Promise.all(waiting), [200, 200, 200, 200]);
});

test('documentation is turned away where other reads of the gateway itself are not', async (t) => {
  const open = closedGate();
  t.after(open);
  const overviews = Array.from({ length: 3 }, () => get('/api/v1/overview').then((one) => one));
  await atWork(3, 'gateway');
  assert.equal((await get('/docs')).status, 503);
  assert.equal((await get('/.well-known/jwks.json')).status, 200);
  open();
  await Promise.all(overviews);
  assert.equal((await get('/docs')).status, 200);
});

test('a service that hangs leaves room for what others do', async (t) => {
  const letGo = await occupied(4);
  t.after(letGo);
  assert.equal((await get('/api/v1/accounts')).status, 503);
  assert.equal((await get('/api/v1/activity')).status, 200);
  assert.equal((await get('/api/v1/auth/sessions')).status, 200);
  assert.equal((await get('/api/v1/users/me')).status, 404);
});

test('an address in full is the same request', async () => {
  const letGo = await occupied(4);
  const socket = await pipelined(textOf(`GET ${gateway.url}/api/v1/accounts`));
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  assert.match(String(bytes), /^HTTP\/1\.1 503 /);
  socket.destroy();
  await letGo();
});

test('a page is told why it is turned away, and its browser may always ask', async () => {
  const letGo = await occupied(4);
  const held = closedGate('CreatePayment');
  const payment = pay().then((answer) => answer);
  await atWork(5);
  const refused = await pay().set('origin', PAGE);
  assert.deepEqual([refused.status, refused.headers['access-control-allow-origin']], [503, PAGE]);
  const asked = await request(gateway.url)
    .options('/api/v1/payments')
    .set({ origin: PAGE, 'access-control-request-method': 'POST' });
  assert.equal(asked.status, 204);
  assert.match(String(asked.headers['access-control-allow-headers']), /Idempotency-Key/);
  held();
  await payment;
  await letGo();
});

test('bodies that come slowly are not at work and keep nobody out', async () => {
  const head = textOf(
    'POST /api/v1/payments',
    'Content-Type: application/json',
    'Content-Length: 20',
    'Expect: 100-continue',
  );
  const slow = await Promise.all(Array.from({ length: 8 }, () => pipelined(head)));
  // The server says so before it hands the request on.
  for (const socket of slow) {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    assert.match(String(bytes), /^HTTP\/1\.1 100 /);
  }
  assert.equal((await get('/api/v1/accounts')).status, 200);
  assert.equal((await pay()).status, 404);
  await atWork(0);
  for (const socket of slow) socket.destroy();
});

test('streams are not at work, however their path is written', async () => {
  const paths = ['/api/v1/events', '/API/v1/events', '/api/v1/events/', '/api/v1/EVENTS/'];
  const streams = [];
  for (const path of paths) {
    const socket = await pipelined(textOf(`GET ${path}`));
    streams.push(socket);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    assert.match(String(bytes), /^HTTP\/1\.1 200 /, path);
  }
  await atWork(0, 'gateway');
  for (const socket of streams) socket.destroy();
  assert.equal((await get('/api/v1/activity')).status, 200);
  await atWork(0, 'gateway');
});

test('a client that goes away leaves nothing at work, also of what it had pipelined', async () => {
  const open = closedGate();
  const slow = textOf('GET /api/v1/accounts');
  const socket = await pipelined(slow, ...Array<string>(10).fill(slow));
  await atWork(4);
  socket.destroy();
  await atWork(0);
  open();
});
