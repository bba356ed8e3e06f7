// Who asks too often is told when to come again, whichever replica is asked.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { openDatabase } from '@quayside/database';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type Replica, type TestGateway } from './gateway';

/** Of each of the limits that replicas share. */
const SHARED = 20;
const PAYMENTS = 8;
const REPLICAS = 2;

let gateway: TestGateway;
let second: Replica;
before(async () => {
  gateway = await startGateway({
    RATE_LIMIT_LOGIN: String(SHARED),
    RATE_LIMIT_REGISTER: String(SHARED),
    RATE_LIMIT_RESET: String(SHARED),
    RATE_LIMIT_PAYMENTS: String(PAYMENTS),
    RATE_LIMIT_REPLICAS: String(REPLICAS),
    TRUSTED_PROXY_HOPS: '1',
  });
  second = await gateway.addReplica();
  // Makes the connections of both pools, which takes its time on a busy machine.
  await letIn(newAddress(), 40);
});
after(() => gateway.stop());

let addresses = 0;
const newAddress = () => `198.51.100.${++addresses}`;

const somebody = () => {
  const handle = `u${randomBytes(6).toString('hex')}`;
  const password = 'correct horse battery';
  return { email: `${handle}@example.com`, handle, password, displayName: 'Ada' };
};

/** What is guarded most, and what the answer is to who is let in. */
const guarded = {
  login: {
    path: '/api/v1/auth/login',
    body: () => ({ email: 'nobody@example.com', password: 'wrong' }),
    letIn: 401,
  },
  register: { path: '/api/v1/auth/register', body: somebody, letIn: 201 },
  reset: {
    path: '/api/v1/auth/password-reset',
    body: () => ({ email: 'nobody@example.com' }),
    letIn: 202,
  },
};
type Guarded = keyof typeof guarded;

const ask = (what: Guarded, url: string, forwardedFor: string) =>
  request(url)
    .post(guarded[what].path)
    .set('x-forwarded-for', forwardedFor)
    .send(guarded[what].body());

const logIn = (url: string, forwardedFor: string) => ask('login', url, forwardedFor);

const pay = (url: string, token: string) =>
  request(url)
    .post('/api/v1/payments')
    .set('authorization', `Bearer ${token}`)
    .set('idempotency-key', uuidv7())
    .send({ toHandle: 'nobody', amount: { amount: '1', currency: 'EUR' } });

const urls = () => [gateway.url, second.url] as const;

interface Burst {
  what?: Guarded;
  /** Which of them goes to the second replica: each that `every` divides. */
  every?: number;
}

/** How many of `count` requests from one address, all at once, were let in. */
async function letIn(
  address: string,
  count: number,
  { what = 'login', every = 2 }: Burst = {},
): Promise<number> {
  const asked = Array.from({ length: count }, (_, index) =>
    ask(what, index % every === 0 ? second.url : gateway.url, address),
  );
  const answers = await Promise.all(asked);
  const good = guarded[what].letIn;
  for (const { status } of answers) assert.ok(status === good || status === 429, String(status));
  return answers.filter(({ status }) => status === good).length;
}

for (const what of ['login', 'register', 'reset'] as const) {
  test(`two replicas together hold the limit of ${what}`, async () => {
    // Most at one replica: with a share for each, they would let in fewer.
    const allowed = await letIn(newAddress(), 3 * SHARED, { what, every: 12 });
    assert.ok(Math.abs(allowed - SHARED) <= SHARED * 0.2, `${allowed} were let in`);
  });
}

test('a refusal says when to come again and what holds', async () => {
  const address = newAddress();
  const first = await logIn(gateway.url, address);
  assert.equal(first.headers['ratelimit-policy'], `"login";q=${SHARED};w=60`);
  assert.match(first.headers.ratelimit ?? '', new RegExp(`^"login";r=${SHARED - 1};t=\\d+$`));
  await letIn(address, 40);
  const answer = await logIn(second.url, address);
  const { headers } = answer;
  assert.equal(answer.status, 429);
  assert.match((answer.body as { type: string }).type, /rate_limited$/);
  const seconds = Number(headers['retry-after']);
  assert.ok(seconds >= 1 && seconds <= 60, headers['retry-after']);
  assert.equal(headers.ratelimit, `"login";r=0;t=${seconds}`);
});

test('a body is not waited for when there were too many of them, also of what cannot be parsed', async () => {
  const address = newAddress();
  for (let count = 0; count < SHARED; count += 1) {
    const { status } = await request(gateway.url)
      .post(guarded.login.path)
      .set('x-forwarded-for', address)
      .type('application/json')
      .send('{');
    assert.equal(status, 400);
  }
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(
    ['POST /api/v1/auth/login HTTP/1.1', 'Host: a', `X-Forwarded-For: ${address}`].join('\r\n') +
      '\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [string];
  socket.destroy();
  assert.match(answer, /^HTTP\/1\.1 429 /);
});

test('a method that a limited path does not have is refused as any other', async () => {
  const { status, headers } = await request(gateway.url).options('/api/v1/auth/login');
  assert.deepEqual([status, headers.allow], [405, 'POST']);
});

test('while the database is away each replica goes on with its share', async () => {
  const address = newAddress();
  gateway.link.cut();
  const started = performance.now();
  const allowed = await letIn(address, 60);
  const took = performance.now() - started;
  gateway.link.mend();
  assert.equal(allowed, SHARED);
  assert.ok(took < 5_000, `It took ${took} ms`);
});

test('an address is what the trusted proxy says, not what a client claims', async () => {
  const address = newAddress();
  await letIn(address, 60);
  assert.equal((await logIn(gateway.url, `203.0.113.1, ${address}`)).status, 429);
  assert.equal((await logIn(gateway.url, `${address}, 203.0.113.2`)).status, 401);
});

test('payments are limited per user, each replica holding its share; reads go on', async () => {
  const token = await gateway.tokens.userToken();
  for (const url of urls()) {
    const statuses = [];
    for (let n = 0; n <= PAYMENTS / REPLICAS; n += 1) statuses.push((await pay(url, token)).status);
    assert.deepEqual(statuses, [404, 404, 404, 404, 429]);
    const other = await gateway.tokens.userToken();
    assert.equal((await pay(url, other)).status, 404);
    const read = await request(url).get('/api/v1/activity').set('authorization', `Bearer ${token}`);
    assert.equal(read.status, 200);
    assert.match(read.headers['ratelimit-policy'] ?? '', /^"api";/);
  }
  const { text } = await request(gateway.adminUrl).get('/metrics');
  assert.match(text, /^gateway_rate_limited_total\{limit="payments"\} 2$/m);
});

test('windows that are over leave nothing behind', async () => {
  const { deleteOldCounts } = await import('../src/store/rate-limiter');
  const database = openDatabase({ url: gateway.database.url, applicationName: 'counts' });
  await database.query('INSERT INTO rate_limits VALUES ($1, 1, $2)', ['old', Date.now() - 1]);
  await deleteOldCounts(database);
  const left = await database.query('SELECT key FROM rate_limits WHERE expire < $1', [Date.now()]);
  await database.close();
  assert.deepEqual(left, []);
});
