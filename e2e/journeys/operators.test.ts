// What support and administrators can do, and what everybody can read of it afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { call, expectStatus, newPerson, signUp, type Customer } from '../customer';
import { signInAs, type Tokens } from '../operator';
import { startTemporarySystem } from '../temporary';

let system: RunningSystem;
let bob: Customer;
before(async () => {
  system = await startTemporarySystem();
  bob = await signUp(system.gatewayUrl, 'bob');
  expectStatus(await bob.topUp('1000'), 201);
});
after(async () => {
  await system.stop();
});

const post = <Body>(path: string, body: unknown, token?: string) =>
  call<Body>(system.gatewayUrl, `/api/v1/${path}`, { method: 'POST', body, token });

test('support finds somebody and looks; an administrator acts; all of it is in the log', async () => {
  const [support, admin] = [await signInAs(system, 'support'), await signInAs(system, 'admin')];
  const person = newPerson('alice');
  const alice = expectStatus(await post<Tokens>('auth/register', person), 201);
  const reason = 'Ticket 4711';
  const read = <Body>(path: string, { accessToken: token } = support) =>
    call<Body>(system.gatewayUrl, `/api/v1/admin/${path}`, { token });
  const act = (path: string, { accessToken } = admin) =>
    post(`admin/${path}`, { reason }, accessToken);

  const { email } = person;
  const search = await post<{ userId: string }>(
    'admin/users/search',
    { email },
    support.accessToken,
  );
  const { userId } = expectStatus(search, 200);
  assert.equal(userId, alice.userId);
  expectStatus(await bob.pay(person.handle, '1'), 201);
  const accounts = await read<{ items: { accountId: string }[] }>(`users/${userId}/accounts`);
  const [account] = expectStatus(accounts, 200).items;
  const sessions = await read<{ items: { endReason: string | null }[] }>(
    `users/${userId}/sessions`,
  );
  assert.equal(expectStatus(sessions, 200).items.length, 1);

  assert.equal((await act(`users/${userId}/sessions/end`, support)).status, 403);
  expectStatus(await act(`users/${userId}/sessions/end`), 200);
  const { refreshToken } = alice;
  assert.equal((await post('auth/refresh', { refreshToken })).status, 401);
  const overview = () => call(system.gatewayUrl, '/api/v1/overview', { token: alice.accessToken });
  await waitFor(async () => (await overview()).status === 401, {
    timeoutMs: 20_000,
    description: 'the end of the last token',
  });
  expectStatus(await act(`accounts/${account!.accountId}/freeze`), 200);
  assert.equal((await bob.pay(person.handle, '1')).status, 422);
  expectStatus(await act(`accounts/${account!.accountId}/unfreeze`), 200);
  expectStatus(await bob.pay(person.handle, '1'), 201);

  const log = expectStatus(
    await read<{ items: { action: string; operatorUserId: string; outcome: string }[] }>(
      'audit-log',
    ),
    200,
  );
  const lines = log.items.map(({ action, operatorUserId, outcome }) => [
    action,
    operatorUserId === admin.userId ? 'admin' : 'support',
    outcome,
  ]);
  assert.deepEqual(lines, [
    ['unfreeze_account', 'admin', 'done'],
    ['freeze_account', 'admin', 'done'],
    ['end_sessions', 'admin', 'done'],
    ['list_sessions', 'support', 'done'],
    ['list_accounts', 'support', 'done'],
    ['find_user', 'support', 'done'],
  ]);
  assert.equal((await read('audit-log', { ...support, accessToken: bob.token })).status, 403);
});
