import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { answered, forOperators, unproven, walkAsStranger } from '@quayside/testing';
import { newcomer, startUsers, type UsersFixture } from './users-fixture';

let users: UsersFixture;
before(async () => (users = await startUsers()));
after(() => users.stop());

test('somebody else’s good token gets nothing of a user and changes nothing of them', async () => {
  const [owner, stranger] = [newcomer(), newcomer()];
  await Promise.all([users.announce(owner), users.announce(stranger)]);
  const { userId, handle } = owner;
  const { tokens, client } = users;
  const caller = await tokens.verifier.verify(await tokens.userToken({ userId }));
  const got = await walkAsStranger({
    definition: services.users,
    address: `127.0.0.1:${String(users.grpcPort)}`,
    token: await tokens.userToken({ userId: stranger.userId }),
    calls: {
      ReserveHandle: unproven({ userId, handle }),
      ReleaseHandle: unproven({ userId }),
      GetProfile: answered({}),
      UpdateProfile: answered({ displayName: 'A Stranger' }),
      // Handle and name are what a payer has to see of a payee.
      FindByHandle: answered({ handle }),
      FindUser: forOperators({ userId, handle }),
    },
    owned: [userId],
    look: () => client.GetProfile({}, { caller }),
  });
  assert.deepEqual(got, []);
});
