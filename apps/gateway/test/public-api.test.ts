// What the gateway does itself: sign-up, answers in part, failures behind it, its pages.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type TestGateway } from './gateway';

const OVERVIEW_DEADLINE_MS = 2_000;

let gateway: TestGateway;
before(async () => {
  gateway = await startGateway({ OVERVIEW_DEADLINE_MS: String(OVERVIEW_DEADLINE_MS) });
});
after(() => gateway.stop());
afterEach(() => {
  const { auth, users, payments, world } = gateway.standIns;
  for (const { overrides } of [auth, users, payments]) overrides.clear();
  world.openAccounts = true;
});

const newPerson = (handle = `p_${uuidv7().slice(-12)}`) => ({
  email: `${handle}@example.com`,
  password: 'correct horse battery',
  handle,
  displayName: 'Somebody',
});

interface SignedUp {
  userId: string;
  accessToken: string;
}

async function signUp() {
  const answer = await request(gateway.url).post('/api/v1/auth/register').send(newPerson());
  assert.equal(answer.status, 201);
  return answer.body as SignedUp;
}

const get = (path: string, token: string) =>
  request(gateway.url).get(path).set('authorization', `Bearer ${token}`);

const never = () => new Promise<never>(() => undefined);

test('sign-up takes the handle in small letters and gives one id to users and auth', async () => {
  const person = newPerson('Alice_Big');
  const answer = await request(gateway.url).post('/api/v1/auth/register').send(person);
  assert.equal(answer.status, 201);
  const { userId } = answer.body as SignedUp;
  const { world } = gateway.standIns;
  assert.equal(world.handles.get('alice_big'), userId);
  assert.equal(world.people.get(userId)?.handle, 'alice_big');
  assert.match(userId, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('a taken handle ends the sign-up before an identity is made', async () => {
  const person = newPerson();
  await request(gateway.url).post('/api/v1/auth/register').send(person);
  const before = gateway.standIns.auth.calls.get('Register');
  const other = { ...newPerson(), handle: person.handle.toUpperCase() };
  const answer = await request(gateway.url).post('/api/v1/auth/register').send(other);
  assert.equal(answer.status, 409);
  assert.match((answer.body as { type: string }).type, /\/handle_taken$/);
  assert.equal(gateway.standIns.auth.calls.get('Register'), before);
});

test('Prefer: wait answers as soon as the account is open', async () => {
  const { world } = gateway.standIns;
  world.openAccounts = false;
  const looked = gateway.standIns.payments.calls.get('ListAccounts') ?? 0;
  const answering = request(gateway.url)
    .post('/api/v1/auth/register')
    .set('prefer', 'respond-async, wait=8')
    .send(newPerson())
    .then((answer) => answer);
  while ((gateway.standIns.payments.calls.get('ListAccounts') ?? 0) < looked + 2) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const [newest] = [...world.people.keys()].reverse();
  world.balances.set(newest!, 0n);
  const answer = await answering;
  assert.equal(answer.status, 201);
  assert.equal(answer.headers['preference-applied'], 'wait=8');
});

test('Prefer: wait answers without it when the time is up, or nobody can say', async () => {
  gateway.standIns.world.openAccounts = false;
  const wait = () =>
    request(gateway.url).post('/api/v1/auth/register').set('prefer', 'wait=1').send(newPerson());
  const late = await wait();
  assert.equal(late.status, 201);
  assert.equal(late.headers['preference-applied'], undefined);
  gateway.standIns.payments.overrides.set('ListAccounts', never);
  const started = Date.now();
  const unknown = await wait();
  assert.equal(unknown.status, 201);
  assert.equal(unknown.headers['preference-applied'], undefined);
  assert.ok(Date.now() - started < 3000, 'the deadline of the call is the rest of the wait');
});

interface Overview {
  profile: object | null;
  accounts: object[] | null;
  activity: object[] | null;
  missing: string[];
}

test('the overview is whole when everything answers', async () => {
  const { accessToken, userId } = await signUp();
  const answer = await get('/api/v1/overview', accessToken);
  const { profile, accounts, activity, missing } = answer.body as Overview;
  assert.equal((profile as { userId: string }).userId, userId);
  assert.equal(accounts?.length, 1);
  assert.deepEqual(activity, []);
  assert.deepEqual(missing, []);
});

test('the overview leaves out what is down and what is slow, in its time', async () => {
  const { accessToken } = await signUp();
  gateway.standIns.users.refuse('GetProfile', 'unavailable');
  gateway.standIns.payments.overrides.set('ListAccounts', never);
  const started = Date.now();
  const answer = await get('/api/v1/overview', accessToken);
  const took = Date.now() - started;
  assert.equal(answer.status, 200);
  const { profile, accounts, activity, missing } = answer.body as Overview;
  assert.deepEqual(
    { profile, accounts, activity },
    { profile: null, accounts: null, activity: [] },
  );
  assert.deepEqual(missing, ['accounts', 'profile']);
  assert.ok(took < OVERVIEW_DEADLINE_MS + 2500, `took ${took} ms`);
  const { text } = await request(gateway.adminUrl).get('/metrics');
  assert.match(text, /gateway_overview_missing_total\{part="accounts"\} [1-9]/);
});

test('what the client sent is forwarded: the token, the key, the amount to the last digit', async () => {
  const { accessToken } = await signUp();
  const seen: unknown[] = [];
  gateway.standIns.payments.overrides.set('CreatePayment', (message: object, context) => {
    seen.push({ ...message, userToken: context.metadata.get('authorization') });
    return Promise.reject(new Error('a secret of the service'));
  });
  const answer = await request(gateway.url)
    .post('/api/v1/payments')
    .set('authorization', `Bearer ${accessToken}`)
    .set('idempotency-key', 'my key!'.replace(' ', '-'))
    .send({ toHandle: 'BOB', amount: { amount: '900719925474099312', currency: 'EUR' } });
  assert.equal(answer.status, 500);
  assert.doesNotMatch(answer.text, /secret/);
  assert.deepEqual(seen[0], {
    idempotencyKey: 'my-key!',
    toHandle: 'bob',
    amount: { amount: '900719925474099312', currency: 'EUR' },
    description: '',
    authorizeOnly: false,
    userToken: [`Bearer ${accessToken}`],
  });
});

test('a payment that is refused for now is sent again with the same key, a refusal is not', async () => {
  const { accessToken } = await signUp();
  const keys: string[] = [];
  const pay = () =>
    request(gateway.url)
      .post('/api/v1/payments')
      .set('authorization', `Bearer ${accessToken}`)
      .set('idempotency-key', 'once')
      .send({ toHandle: 'bob', amount: { amount: '1', currency: 'EUR' } });
  gateway.standIns.payments.refuse('CreatePayment', 'unavailable');
  const refuse = gateway.standIns.payments.overrides.get('CreatePayment')!;
  const noted = (message: { idempotencyKey: string }, context: never) => {
    keys.push(message.idempotencyKey);
    return refuse(message as never, context);
  };
  gateway.standIns.payments.overrides.set('CreatePayment', noted as never);
  assert.equal((await pay()).status, 503);
  assert.ok(keys.length > 1);
  assert.deepEqual([...new Set(keys)], ['once']);

  gateway.standIns.payments.refuse('CreatePayment', 'insufficient_funds');
  const before = gateway.standIns.payments.calls.get('CreatePayment')!;
  assert.equal((await pay()).status, 402);
  assert.equal(gateway.standIns.payments.calls.get('CreatePayment'), before + 1);
});

test('a sign-up whose answer is lost is not sent again', async () => {
  gateway.standIns.auth.refuse('Register', 'unavailable');
  const before = gateway.standIns.auth.calls.get('Register') ?? 0;
  const answer = await request(gateway.url).post('/api/v1/auth/register').send(newPerson());
  assert.equal(answer.status, 503);
  assert.equal(gateway.standIns.auth.calls.get('Register'), before + 1);
});

test('unknown places and wrong methods are problems too', async () => {
  for (const path of ['/api/v1/nothing', '/api/v2/payments', '/nothing', '/docs/nothing']) {
    const answer = await request(gateway.url).get(path);
    assert.equal(answer.status, 404, path);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
  }
  const wrong = await request(gateway.url).delete('/api/v1/payments');
  assert.equal(wrong.status, 405);
  assert.equal(wrong.headers.allow, 'POST');
  const badPath = await request(gateway.url).get('/api/v1/users/%E0%A4%A');
  assert.ok([400, 401].includes(badPath.status), String(badPath.status));
});

test('every answer is private unless it says otherwise, and names its request', async () => {
  const { accessToken } = await signUp();
  const answer = await get('/api/v1/users/me', accessToken).set('x-request-id', 'mine-1');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['x-request-id'], 'mine-1');
  assert.equal(answer.headers['x-powered-by'], undefined);
  assert.match(String(answer.headers.traceresponse), /^00-[0-9a-f]{32}-/);
});

test('/docs comes with everything it loads and a policy that allows nothing else', async () => {
  const page = await request(gateway.url).get('/docs');
  assert.equal(page.status, 200);
  const policy = String(page.headers['content-security-policy']);
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  assert.doesNotMatch(policy, /https?:|\*|unsafe/);
  assert.doesNotMatch(page.text, /https?:\/\//);
  assert.doesNotMatch(page.text, /<script>|onload=/);
  const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
  assert.ok(loaded.length >= 4);
  for (const path of loaded) {
    const file = await request(gateway.url).get(path);
    assert.equal(file.status, 200, path);
    assert.match(String(file.headers['content-type']), /javascript|css|png/, path);
  }
});

test('the entrance shows people the documentation and tells programs where it is', async () => {
  const person = await request(gateway.url).get('/').set('accept', 'text/html,*/*;q=0.8');
  assert.equal(person.status, 302);
  assert.equal(person.headers.location, '/docs');
  const program = await request(gateway.url).get('/').set('accept', '*/*');
  assert.equal((program.body as { openapi: string }).openapi, '/openapi.json');
});
