// The erasure of a user: what goes, what stays, and that it does not matter in which order the events arrive.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appendToOutbox } from '@quayside/messaging';
import { waitFor } from '@quayside/testing';
import { v7 } from 'uuid';
import { onUserAccountsClosed } from '../src/events/accounts-closed';
import { handleOf, newcomer, publish, startUsers, type UsersFixture } from './users-fixture';

let users: UsersFixture;
before(async () => (users = await startUsers()));
after(() => users.stop());

/** Announces that the accounts are closed, as payments does. */
const closeAccounts = (userId: string) =>
  users.database.transaction((tx) =>
    appendToOutbox(tx, {
      type: 'quayside.payments.v1.UserAccountsClosed',
      key: userId,
      payload: { userId },
    }),
  );

const isErased = (userId: string) =>
  waitFor(
    async () =>
      (await users.database.query('SELECT FROM erasures WHERE user_id = $1', [userId])).length > 0,
    { timeoutMs: 20_000, description: `the erasure of ${userId}` },
  );

/** The display name that is kept beside a handle. */
async function nameKeptOf(userId: string): Promise<string | null | undefined> {
  const [kept] = await users.database.query<{ display_name: string | null }>(
    'SELECT display_name FROM handles WHERE user_id = $1',
    [userId],
  );
  return kept?.display_name;
}

async function as(userId: string, scopes?: string[]) {
  const token = await users.tokens.userToken({ userId, scopes });
  return { caller: await users.tokens.verifier.verify(token) };
}

/** Signs somebody up by both calls, their name kept here. */
async function signedUp() {
  const person = { ...newcomer(), displayName: 'Grace Hopper' };
  const { displayNameKept } = await users.client.ReserveHandle(person);
  assert.equal(displayNameKept, true);
  await users.announce({ ...person, displayName: person.handle });
  return person;
}

test('the release before, which knows of no display name, can confirm what this one reserved', async () => {
  const { userId, handle } = newcomer();
  await users.client.ReserveHandle({ userId, handle, displayName: 'Grace Hopper' });
  assert.equal(await nameKeptOf(userId), 'Grace Hopper');
  // Its statement (apps/users/src/store/handles.ts before erasures).
  await users.database.query(
    'UPDATE handles SET confirmed_at = now(), reserved_until = NULL WHERE user_id = $1',
    [userId],
  );
  assert.equal(await nameKeptOf(userId), null);
});

test('the display name comes from the reservation, and stays there no longer than that', async () => {
  const person = await signedUp();
  const { profile } = await users.client.GetProfile({}, await as(person.userId));
  assert.equal(profile?.displayName, 'Grace Hopper');
  assert.equal(await nameKeptOf(person.userId), null);
});

test('a display name that cannot be one is refused when the handle is reserved', async () => {
  for (const displayName of ['', '  ', 'x'.repeat(81), 'a\nb']) {
    await assert.rejects(users.client.ReserveHandle({ ...newcomer(), displayName }), {
      code: 'invalid_request',
    });
  }
});

test('who lost the reservation is named as announced, not as who took it over', async () => {
  const [slow, quick] = [newcomer(), newcomer()];
  await users.client.ReserveHandle({ ...slow, displayName: 'Slow' });
  await users.database.query(
    "UPDATE handles SET reserved_until = now() - interval '1 second' WHERE user_id = $1",
    [slow.userId],
  );
  await users.client.ReserveHandle({ ...quick, handle: slow.handle, displayName: 'Quick' });
  await users.announce({ ...slow, displayName: slow.handle });
  const { profile } = await users.client.GetProfile({}, await as(slow.userId));
  assert.equal(profile?.displayName, slow.handle);
});

test('the profile goes, the handle stays taken, and nobody is found by it', async () => {
  const person = await signedUp();
  await closeAccounts(person.userId);
  await isErased(person.userId);
  const own = await as(person.userId);
  await assert.rejects(users.client.GetProfile({}, own), { code: 'not_found' });
  await assert.rejects(users.client.UpdateProfile({ displayName: 'Back' }, own), {
    code: 'not_found',
  });
  await assert.rejects(users.client.FindByHandle({ handle: person.handle }, own), {
    code: 'not_found',
  });
  await assert.rejects(users.client.ReserveHandle({ userId: v7(), handle: person.handle }), {
    code: 'handle_taken',
  });
});

test('who is erased before their sign-up has arrived gets no profile, and keeps the handle taken', async () => {
  const person = newcomer();
  await users.client.ReserveHandle({ ...person, displayName: 'Hasty' });
  await closeAccounts(person.userId);
  await isErased(person.userId);
  await publish(users.database, person);
  // Under the same key, so it comes after.
  const next = newcomer();
  await users.database.transaction((tx) =>
    appendToOutbox(tx, {
      type: 'quayside.auth.v1.IdentityRegistered',
      key: person.userId,
      payload: next,
    }),
  );
  await handleOf(users.database, next.userId);
  const found = await users.database.query('SELECT FROM profiles WHERE user_id = $1', [
    person.userId,
  ]);
  assert.equal(found.length, 0);
  const { handle } = person;
  await assert.rejects(users.client.ReserveHandle({ userId: v7(), handle }), {
    code: 'handle_taken',
  });
  assert.equal(await nameKeptOf(person.userId), null);
});

test('sign-up and erasure at once leave no profile, whichever is first', async () => {
  const people = Array.from({ length: 10 }, () => newcomer());
  await Promise.all(
    people.flatMap((person) => [publish(users.database, person), closeAccounts(person.userId)]),
  );
  const ids = people.map(({ userId }) => userId);
  const applied = async () => {
    const [row] = await users.database.query<{ count: bigint }>(
      `SELECT count(*) FROM erasures WHERE user_id = ANY($1::uuid[])`,
      [ids],
    );
    return Number(row?.count) === people.length;
  };
  await waitFor(applied, { timeoutMs: 20_000, description: 'ten erasures' });
  const last = newcomer();
  // Somebody of every partition, after the ten.
  await Promise.all([last, newcomer(), newcomer(), newcomer()].map((each) => users.announce(each)));
  const left = await users.database.query('SELECT FROM profiles WHERE user_id = ANY($1::uuid[])', [
    ids,
  ]);
  assert.equal(left.length, 0);
});

test('the erasure is announced once, however often it is asked for', async () => {
  const person = await signedUp();
  const erase = () =>
    users.database.transaction((tx) => onUserAccountsClosed(tx, { userId: person.userId }));
  const announced = () =>
    users.database.transaction(async (tx) => {
      await onUserAccountsClosed(tx, { userId: person.userId });
      return tx.query(
        "SELECT FROM outbox WHERE key = $1 AND type = 'quayside.users.v1.UserErased'",
        [person.userId],
      );
    });
  assert.equal((await announced()).length, 1);
  await users.database.query('DELETE FROM outbox WHERE key = $1', [person.userId]);
  await erase();
  assert.equal((await announced()).length, 0);
});

test('nobody signs up as what stands for the erased', async () => {
  await assert.rejects(users.client.ReserveHandle({ userId: v7(), handle: 'deleted_user' }), {
    code: 'handle_taken',
  });
});

test('an operator finds users by id and by handle, the erased as far as they are left', async () => {
  const person = await signedUp();
  const operator = await as(v7(), ['ops:read']);
  const byHandle = await users.client.FindUser({ handle: person.handle }, operator);
  assert.equal(byHandle.userId, person.userId);
  assert.equal(byHandle.displayName, 'Grace Hopper');
  assert.deepEqual(await users.client.FindUser({ userId: person.userId }, operator), byHandle);
  await closeAccounts(person.userId);
  await isErased(person.userId);
  const erased = await users.client.FindUser({ handle: person.handle }, operator);
  assert.equal(erased.userId, person.userId);
  assert.deepEqual([erased.displayName, erased.createdAt], ['', null]);
  assert.ok(erased.erasedAt);
  for (const request of [
    { userId: v7() },
    { userId: 'x' },
    { handle: 'nobody_here' },
    { handle: 'NO' },
    {},
  ]) {
    await assert.rejects(users.client.FindUser(request, operator), { code: 'not_found' });
  }
  await assert.rejects(users.client.FindUser({ userId: person.userId }, await as(v7())), {
    code: 'forbidden',
  });
});
