import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fromTimestamp, services } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';
import { v7 } from 'uuid';
import { newcomer, startUsers, type Registered, type UsersFixture } from './users-fixture';

let users: UsersFixture;
let ada: Registered;
before(async () => {
  users = await startUsers();
  ada = newcomer();
  await users.announce(ada);
});
after(() => users.stop());

/** Calls as a signed-in user. */
async function as(userId: string, scopes?: string[]) {
  const token = await users.tokens.userToken({ userId, scopes });
  return { caller: await users.tokens.verifier.verify(token) };
}

test('a user reads their own profile', async () => {
  const { profile } = await users.client.GetProfile({}, await as(ada.userId));
  const { createdAt, updatedAt, ...rest } = profile!;
  assert.deepEqual(rest, ada);
  assert.deepEqual(createdAt, updatedAt);
  assert.ok(Math.abs(Date.now() - fromTimestamp(createdAt).getTime()) < 60_000);
});

test('before the sign-up event has arrived there is no profile', async () => {
  await assert.rejects(users.client.GetProfile({}, await as(v7())), { code: 'not_found' });
  await assert.rejects(users.client.UpdateProfile({ displayName: 'X' }, await as(v7())), {
    code: 'not_found',
  });
});

test('a user changes their own display name, and only what is set', async () => {
  const bob = newcomer();
  await users.announce(bob);
  const own = await as(bob.userId);
  const { profile } = await users.client.UpdateProfile({ displayName: '  Bob 🦭 ' }, own);
  assert.equal(profile!.displayName, 'Bob 🦭');
  assert.ok(fromTimestamp(profile!.updatedAt) > fromTimestamp(profile!.createdAt));
  const unchanged = await users.client.UpdateProfile({}, own);
  assert.deepEqual(unchanged.profile, profile);
  const adas = await users.client.GetProfile({}, await as(ada.userId));
  assert.equal(adas.profile!.displayName, ada.displayName);
});

test('a bad display name is refused and changes nothing', async () => {
  const own = await as(ada.userId);
  for (const displayName of ['', '   ', 'x'.repeat(81), 'a\u0007b']) {
    await assert.rejects(users.client.UpdateProfile({ displayName }, own), {
      code: 'invalid_request',
    });
  }
  const { profile } = await users.client.GetProfile({}, own);
  assert.equal(profile!.displayName, ada.displayName);
});

test('another user is found by handle, showing handle and display name only', async () => {
  const stranger = await as(v7());
  const { user } = await users.client.FindByHandle({ handle: ada.handle }, stranger);
  assert.deepEqual(user, { handle: ada.handle, displayName: ada.displayName });
  for (const handle of ['nobody_here', 'NOT A HANDLE', '', `${ada.handle}%`]) {
    await assert.rejects(users.client.FindByHandle({ handle }, stranger), { code: 'not_found' });
  }
});

test('a handle that is only reserved is not found', async () => {
  const reserved = newcomer();
  await users.client.ReserveHandle(reserved);
  await assert.rejects(
    users.client.FindByHandle({ handle: reserved.handle }, await as(ada.userId)),
    { code: 'not_found' },
  );
});

test('default deny: no token, a token without the scope, a service where a user is asked for', async () => {
  const stranger = createRpcClient({
    name: 'users',
    definition: services.users,
    address: `127.0.0.1:${String(users.grpcPort)}`,
  });
  try {
    const all = [
      'ReserveHandle',
      'ReleaseHandle',
      'GetProfile',
      'UpdateProfile',
      'FindByHandle',
      'FindUser',
    ] as const;
    for (const method of all) {
      await assert.rejects(stranger[method]({}), { code: 'unauthenticated' }, method);
    }
  } finally {
    stranger.close();
  }
  const reader = await as(ada.userId, ['profile:read']);
  await assert.rejects(users.client.UpdateProfile({ displayName: 'X' }, reader), {
    code: 'forbidden',
  });
  const payer = await as(ada.userId, ['payments:write']);
  await assert.rejects(users.client.GetProfile({}, payer), { code: 'forbidden' });
  await assert.rejects(users.client.FindByHandle({ handle: ada.handle }, payer), {
    code: 'forbidden',
  });
  await assert.rejects(users.client.GetProfile({}, { asService: true }), {
    code: 'unauthenticated',
  });
  await assert.rejects(users.clientAs('payments').ReserveHandle(newcomer()), {
    code: 'forbidden',
  });
});
