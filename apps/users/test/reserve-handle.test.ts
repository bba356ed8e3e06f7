import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fromTimestamp } from '@quayside/contracts';
import { v4, v7 } from 'uuid';
import { deleteLapsedReservations } from '../src/store/handles';
import { newcomer, startUsers, type UsersFixture } from './users-fixture';

let users: UsersFixture;
before(async () => (users = await startUsers()));
after(() => users.stop());

const reserve = (userId: string, handle: string) => users.client.ReserveHandle({ userId, handle });
const taken = { code: 'handle_taken' };

/** Lets a reservation lapse, as ten minutes would. */
async function lapse(handle: string, ago = '1 second'): Promise<void> {
  await users.database.query(
    'UPDATE handles SET reserved_until = now() - $2::interval WHERE handle = $1',
    [handle, ago],
  );
}

test('a reservation that is released is free at once; what is confirmed stays', async () => {
  const { userId, handle } = newcomer();
  await reserve(userId, handle);
  await users.client.ReleaseHandle({ userId: v7() });
  await assert.rejects(reserve(v7(), handle), taken);
  await users.client.ReleaseHandle({ userId });
  await users.client.ReleaseHandle({ userId });
  const next = v7();
  await reserve(next, handle);
  await users.database.query(
    'UPDATE handles SET confirmed_at = now(), reserved_until = NULL WHERE handle = $1',
    [handle],
  );
  await users.client.ReleaseHandle({ userId: next });
  await assert.rejects(reserve(v7(), handle), taken);
});

test('a reservation holds for ten minutes and can be repeated by the same user only', async () => {
  const { userId, handle } = newcomer();
  const { expiresAt } = await reserve(userId, handle);
  const seconds = (fromTimestamp(expiresAt).getTime() - Date.now()) / 1000;
  assert.ok(seconds > 590 && seconds <= 601, `${seconds} s`);
  await reserve(userId, handle);
  await assert.rejects(reserve(v7(), handle), taken);
});

test('of many users who want one handle at once exactly one gets it', async () => {
  const { handle } = newcomer();
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => reserve(v7(), handle)));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 7);
  for (const { reason } of refused) assert.equal((reason as { code: string }).code, 'handle_taken');
});

test('a lapsed reservation may be taken over, and the first user is told', async () => {
  const [first, second] = [v7(), v7()];
  const { handle } = newcomer();
  await reserve(first, handle);
  await lapse(handle);
  await reserve(second, handle);
  await assert.rejects(reserve(first, handle), taken);
});

test('a user holds one handle: another wish lets the first go', async () => {
  const user = v7();
  const [one, other] = [newcomer().handle, newcomer().handle];
  await reserve(user, one);
  await reserve(user, other);
  await reserve(v7(), one);
  await assert.rejects(reserve(v7(), other), taken);
});

test('a confirmed handle is nobody else’s, for good', async () => {
  const person = newcomer();
  await reserve(person.userId, person.handle);
  assert.equal(await users.announce(person), person.handle);
  await assert.rejects(reserve(v7(), person.handle), taken);
  await assert.rejects(reserve(person.userId, newcomer().handle), taken);
  assert.equal((await reserve(person.userId, person.handle)).expiresAt, null);
  for (const change of [
    'DELETE FROM handles WHERE handle = $1',
    'UPDATE handles SET user_id = gen_random_uuid() WHERE handle = $1',
  ]) {
    await assert.rejects(users.database.query(change, [person.handle]), /stays as it is/);
  }
});

test('what is no handle or no user id is refused with its field', async () => {
  for (const [userId, handle, path] of [
    [v7(), 'Ada', 'handle'],
    [v7(), 'ab', 'handle'],
    [v7(), "a'; DROP TABLE handles --", 'handle'],
    [v4(), 'ada', 'userId'],
    ['', 'ada', 'userId'],
  ] as const) {
    await assert.rejects(reserve(userId, handle), { code: 'invalid_request' }, path);
  }
});

test('reservations are deleted a day after they lapsed, living ones stay', async () => {
  const [old, recent] = [newcomer(), newcomer()];
  await reserve(old.userId, old.handle);
  await reserve(recent.userId, recent.handle);
  await lapse(old.handle, '2 days');
  await lapse(recent.handle, '1 hour');
  assert.equal(await deleteLapsedReservations(users.database), 1);
  const left = await users.database.query('SELECT handle FROM handles WHERE handle = ANY($1)', [
    [old.handle, recent.handle],
  ]);
  assert.deepEqual(left, [{ handle: recent.handle }]);
});
