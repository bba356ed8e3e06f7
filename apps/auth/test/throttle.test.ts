import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { v7 } from 'uuid';
import { resetToken, tokenHash } from '../src/domain/secret-token';
import { proofThrottle, signInThrottles } from '../src/domain/throttle';
import { throttled } from '../src/rpc/throttled';
import {
  newcomer,
  PASSWORD,
  registered,
  startAuth,
  type AuthClient,
  type AuthFixture,
} from './auth-fixture';

let auth: AuthFixture;
let second: AuthClient;
before(async () => {
  auth = await startAuth();
  second = await auth.replica();
});
after(() => auth.stop());
beforeEach(() => auth.database.query('DELETE FROM throttles'));

interface Refusal {
  code: string;
  message: string;
  retryAfterSeconds?: number;
}

const at = (address: string) => ({ address, userAgent: 'test' });
let nextAddress = 0;
const freshAddress = () => `198.51.100.${(nextAddress += 1)}`;

async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const [result] = await Promise.allSettled([call]);
  assert.ok(result.status === 'rejected', 'it was not refused');
  return result.reason as Refusal;
}

const wrong = (email: string, address: string, replica = auth.client) =>
  refusal(replica.Login({ email, password: 'wrong horse battery', client: at(address) }));

async function wrongUntilThrottled(email: string, address: () => string, most: number) {
  for (let count = 1; count <= most; count++) {
    const refused = await wrong(email, address());
    if (refused.code === 'rate_limited') return { count, ...refused };
    assert.equal(refused.code, 'unauthenticated');
  }
  return assert.fail(`not throttled after ${most} attempts`);
}

const signIn = (email: string, address: string) =>
  auth.client.Login({ email, password: PASSWORD, client: at(address) });

/** Lets time pass for every throttle. */
const later = (seconds: number) =>
  auth.database.query(
    `UPDATE throttles SET blocked_until = blocked_until - make_interval(secs => $1),
       last_failure_at = last_failure_at - make_interval(secs => $1)`,
    [seconds],
  );

test('guessing one account from one place: known and unknown ones wait alike, longer each time', async () => {
  const { person } = await registered(auth.client);
  const delays = async (email: string) => {
    const address = freshAddress();
    const seconds: number[] = [];
    for (let round = 0; round < 4; round++) {
      const { retryAfterSeconds } = await wrongUntilThrottled(email, () => address, 12);
      seconds.push(retryAfterSeconds!);
      await later(retryAfterSeconds!);
    }
    return seconds;
  };
  const known = await delays(person.email);
  assert.deepEqual(known, [2, 4, 8, 16]);
  assert.deepEqual(await delays(newcomer().email), known);
});

test('the right password has to wait too, at that place; elsewhere its owner gets in', async () => {
  const { person } = await registered(auth.client);
  const stranger = freshAddress();
  await wrongUntilThrottled(person.email, () => stranger, 12);
  assert.equal((await refusal(signIn(person.email, stranger))).code, 'rate_limited');
  await signIn(person.email, freshAddress());
});

test('guessing from everywhere delays a place that has failed itself, and its owner nowhere else', async () => {
  const person = newcomer();
  const home = '203.0.113.7';
  await auth.client.Register({ ...person, client: at(home) });
  for (let count = 0; count < 40; count++) {
    assert.equal((await wrong(person.email, freshAddress())).code, 'unauthenticated');
  }
  await signIn(person.email, home);
  await signIn(person.email, freshAddress());
  const place = freshAddress();
  const { count, retryAfterSeconds } = await wrongUntilThrottled(person.email, () => place, 2);
  assert.equal(count, 2);
  assert.ok(retryAfterSeconds! > 20 && retryAfterSeconds! <= 30, String(retryAfterSeconds));
  await later(retryAfterSeconds!);
  await signIn(person.email, place);
});

const HOME = '2001:db8:1:2::7';
const SAME_HOME = '2001:db8:1:2:ffff::9';

/** Whether strangers in a place of the same household make somebody wait there. */
async function waitsAtHome(email: string): Promise<boolean> {
  await auth.database.query('DELETE FROM throttles');
  await wrong(newcomer().email, HOME);
  const [, , place] = signInThrottles('', HOME, false).all;
  const blocked = await auth.database.query(
    `UPDATE throttles SET blocked_until = now() + interval '1 minute' WHERE key = $1 RETURNING key`,
    [place!.key],
  );
  assert.equal(blocked.length, 1);
  return (await wrong(email, SAME_HOME)).code === 'rate_limited';
}

test('a place is known by its network, as it is throttled, unless its session was ended from elsewhere', async () => {
  const person = newcomer();
  await auth.client.Register({ ...person, client: at(HOME) });
  assert.equal(await waitsAtHome(person.email), false);
  const endedBy = (reason: string) =>
    auth.database.query(
      'UPDATE sessions SET ended_at = now(), end_reason = $2 WHERE user_id = $1',
      [person.userId, reason],
    );
  await endedBy('logout');
  assert.equal(await waitsAtHome(person.email), false);
  for (const reason of ['ended_by_user', 'ended_by_operator', 'password_changed']) {
    await endedBy(reason);
    assert.equal(await waitsAtHome(person.email), true, reason);
  }
});

test('after a reset the place where it was confirmed is known, and no other one', async () => {
  const person = newcomer();
  await auth.client.Register({ ...person, client: at(HOME) });
  const reset = async (address: string) => {
    const token = resetToken.make();
    await auth.database.query(
      `INSERT INTO password_reset_tokens VALUES ($1, $2, now() + interval '1 minute')`,
      [tokenHash(token), person.userId],
    );
    const newPassword = 'quite another battery';
    await auth.client.ConfirmPasswordReset({ token, newPassword, client: at(address) });
  };
  await reset(freshAddress());
  assert.equal(await waitsAtHome(person.email), true);
  await reset(HOME);
  assert.equal(await waitsAtHome(person.email), false);
});

test('residents are not told from strangers for ever: they wait after some more', async () => {
  const { person } = await registered(auth.client);
  const place = freshAddress();
  await signIn(person.email, place);
  const { all } = signInThrottles(person.email.toLowerCase(), place, true);
  assert.equal((await wrong(person.email, place)).code, 'unauthenticated');
  const changed = await auth.database.query(
    'UPDATE throttles SET failures = 204 WHERE key = $1 RETURNING key',
    [all[1]!.key],
  );
  assert.equal(changed.length, 1);
  assert.equal((await wrong(person.email, place)).code, 'unauthenticated');
  assert.equal((await wrong(person.email, place)).code, 'rate_limited');
});

test('trying one password on many accounts is slowed down by its place, whose residents still get in', async () => {
  const place = freshAddress();
  const resident = newcomer();
  await auth.client.Register({ ...resident, client: at(place) });
  const emails = Array.from({ length: 60 }, () => newcomer().email);
  let tried = 0;
  for (const email of emails) {
    const { code } = await wrong(email, place);
    if (code === 'rate_limited') break;
    tried += 1;
  }
  assert.equal(tried, 51);
  await signIn(resident.email, place);
});

test('attempts at the same moment do not slip through', async () => {
  const { person } = await registered(auth.client);
  const address = freshAddress();
  const all = await Promise.all(Array.from({ length: 30 }, () => wrong(person.email, address)));
  const checked = all.filter(({ code }) => code === 'unauthenticated');
  assert.ok(checked.length <= 11, `${checked.length} were checked`);
});

test('two replicas count together, one after the other and at the same moment', async () => {
  const { person } = await registered(auth.client);
  const replicas = [auth.client, second];
  const place = freshAddress();
  const codes: string[] = [];
  for (let count = 0; count < 12; count++) {
    codes.push((await wrong(person.email, place, replicas[count % 2])).code);
  }
  assert.equal(codes.indexOf('rate_limited'), 11);
  assert.equal((await refusal(signIn(person.email, place))).code, 'rate_limited');

  const elsewhere = freshAddress();
  const all = await Promise.all(
    Array.from({ length: 30 }, (_, count) => wrong(person.email, elsewhere, replicas[count % 2])),
  );
  const checked = all.filter(({ code }) => code === 'unauthenticated');
  assert.ok(checked.length <= 11, `${checked.length} were checked`);
});

test('asking again too early does not make it longer, and an hour without a failure forgets', async () => {
  const { person } = await registered(auth.client);
  const address = freshAddress();
  const first = await wrongUntilThrottled(person.email, () => address, 12);
  for (let again = 0; again < 5; again++) await wrong(person.email, address);
  const last = await wrong(person.email, address);
  assert.ok(last.retryAfterSeconds! <= first.retryAfterSeconds!);
  await later(3601);
  const afterwards = await wrongUntilThrottled(person.email, () => address, 12);
  assert.equal(afterwards.count, first.count);
});

test('who signs in correctly is never slowed down, however many at once', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => registered(auth.client)));
  const address = freshAddress();
  for (let round = 0; round < 4; round++) {
    await Promise.all(people.map(({ person }) => signIn(person.email, address)));
  }
});

test('what was done is answered as done, even if its attempt cannot be taken back', async () => {
  let asked = 0;
  const away = () => {
    asked += 1;
    return Promise.reject(new Error('away'));
  };
  const attempt = {
    database: { ...auth.database, query: away },
    throttles: [proofThrottle('password', v7())],
    failures: ['wrong_password' as const],
    deadline: new Date(Date.now() + 10_000),
  };
  assert.equal(await throttled(attempt, () => Promise.resolve('done')), 'done');
  assert.equal(asked, 1);
});

test('asking by sign-up which addresses are registered is slowed down by its place', async () => {
  const { person } = await registered(auth.client);
  const address = freshAddress();
  const ask = () =>
    refusal(auth.client.Register({ ...newcomer(), email: person.email, client: at(address) }));
  const codes: string[] = [];
  for (let count = 0; count < 22; count++) codes.push((await ask()).code);
  assert.equal(codes.indexOf('rate_limited'), 21);
  await auth.client.Register({ ...newcomer(), client: at(freshAddress()) });
});
