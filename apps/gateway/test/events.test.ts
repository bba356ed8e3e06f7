// The feed as it is read live, from two replicas.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toTimestamp } from '@quayside/contracts';
import { waitFor } from '@quayside/testing';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { readEvents, type EventReader, type RefusedError } from './event-reader';
import { startGateway, type Replica, type TestGateway } from './gateway';
import { startPublisher } from './publisher';

let gateway: TestGateway;
let second: Replica;
let payments: ReturnType<typeof startPublisher>;
before(async () => {
  gateway = await startGateway({
    EVENTS_HEARTBEAT_MS: '100',
    EVENTS_SLOW_READER_MS: '500',
    EVENTS_PER_USER: '2',
  });
  second = await gateway.addReplica();
  payments = startPublisher(gateway, 'payments');
});
after(async () => {
  await payments.stop();
  await gateway.stop();
});

/** A top-up of `amount`: one entry in the feed of one user. */
const topUp = (userId: string, amount: number) => {
  const topUpId = uuidv7();
  const money = { amount: String(amount), currency: 'EUR' };
  return {
    type: 'quayside.payments.v1.TopUpCompleted',
    key: topUpId,
    payload: { topUpId, userId, accountId: uuidv7(), amount: money },
  } as const;
};

const tokenOf = (userId: string) => gateway.tokens.userToken({ userId });

const activitiesOf = ({ events }: EventReader) =>
  events.filter(({ event }) => event === 'activity');

const received = (reader: EventReader, count: number) =>
  waitFor(() => activitiesOf(reader).length >= count, {
    timeoutMs: 30_000,
    description: `${count} events`,
  });

const idsOf = (reader: EventReader) => activitiesOf(reader).map(({ id }) => Number(id));

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const statusOf = (stream: Promise<EventReader>) =>
  stream.then(
    (reader) => {
      reader.close();
      return 200;
    },
    (error: unknown) => (error as RefusedError).status,
  );

test('what happens is told at both replicas, in order, to its user alone', async () => {
  const [alice, bob] = [uuidv7(), uuidv7()];
  const readers = [
    await readEvents(gateway.url, await tokenOf(alice)),
    await readEvents(second.url, await tokenOf(alice)),
  ];
  const stranger = await readEvents(second.url, await tokenOf(bob));
  // Several partitions, so both replicas consume some of them.
  await payments.publish(...upTo(20).map((amount) => topUp(alice, amount)));
  for (const reader of readers) {
    await received(reader, 20);
    assert.deepEqual(idsOf(reader), upTo(20));
    assert.equal(reader.events[0]?.data.title, 'You topped up');
    assert.equal(reader.lastEventId, '20');
    reader.close();
  }
  assert.deepEqual(stranger.events, []);
  stranger.close();
});

test('a stream without a last id begins now, and can be gone on from before anything came', async () => {
  const alice = uuidv7();
  const token = await tokenOf(alice);
  const first = await readEvents(gateway.url, token);
  await payments.publish(topUp(alice, 1));
  await received(first, 1);
  first.close();
  const next = await readEvents(second.url, token);
  assert.equal(next.lastEventId, '1');
  next.close();
  await next.ended;
  await payments.publish(topUp(alice, 2));
  const later = await readEvents(gateway.url, token, next.lastEventId);
  await received(later, 1);
  assert.deepEqual(idsOf(later), [2]);
  later.close();
});

test('a replica that drains ends its streams first; at another one nothing is missed and nothing comes twice', async () => {
  const alice = uuidv7();
  const token = await tokenOf(alice);
  const third = await gateway.addReplica();
  const seen: number[] = [];
  let reader = await readEvents(third.url, token);
  let published = 0;
  const publishing = (async () => {
    for (; published < 60; published += 3) {
      await payments.publish(topUp(alice, 1), topUp(alice, 2), topUp(alice, 3));
    }
  })();
  await received(reader, 5);
  await third.stop();
  await reader.ended;
  assert.deepEqual(reader.events.at(-1)?.data, { reason: 'server_stopping' });
  seen.push(...idsOf(reader));
  reader = await readEvents(gateway.url, token, reader.lastEventId);
  await publishing;
  await received(reader, 60 - seen.length);
  seen.push(...idsOf(reader));
  assert.deepEqual(seen, upTo(60));
  reader.close();
});

test('what happened while the way to the database was cut is told once it is back', async () => {
  const alice = uuidv7();
  const reader = await readEvents(gateway.url, await tokenOf(alice));
  gateway.link.cut();
  await payments.publish(topUp(alice, 1), topUp(alice, 2));
  gateway.link.mend();
  await received(reader, 2);
  assert.deepEqual(idsOf(reader), [1, 2]);
  reader.close();
});

test('a silent stream is kept open', async () => {
  const reader = await readEvents(gateway.url, await tokenOf(uuidv7()));
  await waitFor(() => reader.comments >= 3, { description: 'three comments' });
  reader.close();
});

test('a user may have so many streams and no more; one that is closed makes room', async () => {
  const alice = await tokenOf(uuidv7());
  const readers = [await readEvents(gateway.url, alice), await readEvents(gateway.url, alice)];
  assert.equal(await statusOf(readEvents(gateway.url, alice)), 429);
  assert.equal(await statusOf(readEvents(gateway.url, await tokenOf(uuidv7()))), 200);
  readers[0]?.close();
  await waitFor(async () => (await statusOf(readEvents(gateway.url, alice))) === 200);
  readers[1]?.close();
});

test('a stream ends with its token', async () => {
  const token = await gateway.tokens.userToken({ expiresIn: 1 });
  const reader = await readEvents(gateway.url, token);
  await reader.ended;
  assert.deepEqual(reader.events.at(-1)?.data, { reason: 'token_expired' });
});

test('a stream ends with its session, at both replicas', async () => {
  const [sessionId, userId] = [uuidv7(), uuidv7()];
  const token = await gateway.tokens.userToken({ sessionId, userId });
  const readers = [await readEvents(gateway.url, token), await readEvents(second.url, token)];
  const endedAt = toTimestamp(new Date());
  await payments.publish({
    type: 'quayside.auth.v1.SessionEnded',
    key: userId,
    payload: { sessionId, userId, reason: 'logout', endedAt },
  });
  for (const reader of readers) {
    await reader.ended;
    assert.deepEqual(reader.events.at(-1)?.data, { reason: 'session_ended' });
  }
});

test('a reader that takes nothing is cut, and its place is free again', async () => {
  const alice = uuidv7();
  const reader = await readEvents(gateway.url, await tokenOf(alice));
  reader.pause();
  // More than the buffers between here and there hold.
  await payments.database.transaction(async (tx) => {
    await tx.query('INSERT INTO feed_counters VALUES ($1, 400)', [alice]);
    await tx.query(
      `INSERT INTO activity (user_id, number, activity_id, type, occurred_at, description)
       SELECT $1, number, gen_random_uuid(), 'account_opened', now(), repeat('x', 100000)
       FROM generate_series(1, 400) AS number`,
      [alice],
    );
    await tx.query(`SELECT pg_notify('activity', $1)`, [alice]);
  });
  const cut = /^gateway_event_streams_ended_total\{reason="slow_reader"\} 1$/m;
  await waitFor(async () => cut.test((await request(gateway.adminUrl).get('/metrics')).text), {
    description: 'the stream to be cut',
  });
  reader.close();
});

test('a last id that the stream never gave out is refused; one beyond the last is taken as the last', async () => {
  const alice = uuidv7();
  const token = await tokenOf(alice);
  assert.equal(await statusOf(readEvents(gateway.url, token, 'a')), 400);
  const reader = await readEvents(gateway.url, token, '99');
  await payments.publish(topUp(alice, 1));
  await received(reader, 1);
  assert.deepEqual(idsOf(reader), [1]);
  reader.close();
});

test('streams do not count into the duration of requests', async () => {
  const { text } = await request(gateway.adminUrl).get('/metrics');
  assert.doesNotMatch(text, /http_route="\/api\/v1\/events",http_response_status_code="200"/);
});
