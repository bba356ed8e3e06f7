// A second start on the same folder keeps everything that the first one accepted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { call, customer, expectStatus, newPerson, signUp, type Customer } from '../customer';
import { startTemporarySystem, temporaryFolder, topology } from '../temporary';

const folder = temporaryFolder();

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const post = async (gatewayUrl: string, path: string, body: object): Promise<Tokens> =>
  expectStatus(
    await call<Tokens>(gatewayUrl, `/api/v1/auth/${path}`, { method: 'POST', body }),
    200,
  );

/** Each is an event of a topic of its own: they come in any order. */
const WHAT_HAPPENED = ['account_opened', 'payment_sent', 'top_up_completed'];

/** The feed, once it tells of all that happened and of this payment. */
const feedWith = (person: Customer, payment: string) =>
  waitFor(
    async () => {
      const feed = await person.activity();
      const types = feed.map(({ type }) => type);
      const isWhole = WHAT_HAPPENED.every((type) => types.includes(type));
      return isWhole && feed.some(({ paymentId }) => paymentId === payment) && feed;
    },
    { timeoutMs: 20_000, description: `${payment} in the feed of ${person.handle}` },
  );

test('accounts, statements, feeds and sessions survive a stop and a start', async () => {
  const first = await startSystem({ dataDir: folder, ports: 'free', quiet: true, topology });
  const person = newPerson('tina');
  const tina = await signUp(first.gatewayUrl, 'tina', person);
  const uma = await signUp(first.gatewayUrl, 'uma');
  const { refreshToken } = await post(first.gatewayUrl, 'login', {
    email: person.email,
    password: person.password,
  });
  expectStatus(await tina.topUp('5000'), 201);
  const { paymentId } = expectStatus(await tina.pay(uma.handle, '1234'), 201);
  const statement = await tina.statement();
  const feed = await feedWith(tina, paymentId);
  assert.deepEqual(feed.map(({ type }) => type).sort(), WHAT_HAPPENED);
  await first.stop();

  const second = await startTemporarySystem({}, folder);
  try {
    const { userId, handle, email, token: accessToken } = tina;
    const back = customer(second.gatewayUrl, { userId, handle, email, accessToken });
    assert.deepEqual(await back.statement(), statement);
    assert.equal((await back.account()).balance.amount, '3766');
    assert.deepEqual(await back.activity(), feed);

    // The session of before goes on, and the password lets in; another one does not.
    await post(second.gatewayUrl, 'refresh', { refreshToken });
    await post(second.gatewayUrl, 'login', { email, password: person.password });
    const login = await call(second.gatewayUrl, '/api/v1/auth/login', {
      method: 'POST',
      body: { email, password: 'not the password' },
    });
    assert.equal(login.status, 401);

    // What happens now comes after all that, once; nothing of before comes again.
    const next = expectStatus(await back.pay(uma.handle, '66'), 201);
    const [newest, ...before] = await feedWith(back, next.paymentId);
    assert.equal(newest?.paymentId, next.paymentId);
    assert.deepEqual(before, feed);
    assert.equal((await back.account()).balance.amount, '3700');
  } finally {
    await second.stop();
  }
});
