import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { services } from '@quayside/contracts';
import { walkMethods } from '@quayside/testing';
import { startUsers, type UsersFixture } from './users-fixture';

let users: UsersFixture;
before(async () => (users = await startUsers()));
after(() => users.stop());

test('no method takes a caller who is not proven, or is proven to be somebody else', async () => {
  const notRefused = await walkMethods({
    definition: services.users,
    service: 'users',
    address: `127.0.0.1:${String(users.grpcPort)}`,
    tokens: users.tokens,
    except: [],
  });
  assert.deepEqual(notRefused, []);
});
