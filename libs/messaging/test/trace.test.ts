// First, as in every main.ts: only what is loaded after it can be traced.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consumerGroups, topics } from '@quayside/contracts';
import { currentTraceId, shutdownTelemetry, withTraceContext } from '@quayside/telemetry';
import { appendToOutbox, batchHandler, createConsumer, createRelay } from '../src/index';
import {
  follow,
  startMessaging,
  STOP_MS,
  userCreated,
  waitFor,
  type MessagingFixture,
} from './fixture';

let fixture: MessagingFixture;

before(async () => {
  fixture = await startMessaging();
});
after(async () => {
  await fixture.stop();
  await shutdownTelemetry();
});

const traceOf = (digit: string) => digit.repeat(32);
const callerOf = (digit: string) => ({
  traceparent: `00-${traceOf(digit)}-${digit.repeat(16)}-01`,
});

/** Appends an event as a request of that trace would. */
const appendIn = (digit: string) =>
  withTraceContext(callerOf(digit), 'a request', {}, () =>
    fixture.database.transaction((tx) => appendToOutbox(tx, userCreated(`of ${digit}`))),
  );

test('one trace from the request through outbox, relay and Kafka to the handler', async () => {
  const seen = new Map<string, string | undefined>();
  await appendIn('a');
  await appendIn('b');
  const relay = createRelay({
    database: fixture.database,
    kafka: fixture.kafka,
    serviceName: 'users',
  });
  relay.start();
  const reader = await follow(fixture.broker.address, topics.user.name);
  await waitFor(() => reader.messages.length === 2, { timeoutMs: 20_000 });
  for (const [index, digit] of ['a', 'b'].entries()) {
    const { traceparent = '' } = reader.messages[index]!.headers;
    assert.equal(traceparent.split('-')[1], traceOf(digit));
    // The relay's send is a span of its own between the request's and the handler's.
    assert.notEqual(traceparent, callerOf(digit).traceparent);
  }
  const consumer = createConsumer({
    kafka: fixture.kafka,
    database: fixture.database,
    group: consumerGroups.payments,
    handlers: {
      'quayside.users.v1.UserCreated': (_tx, { payload }) => {
        seen.set(payload.displayName, currentTraceId());
        return Promise.resolve();
      },
    },
  });
  consumer.start();
  await waitFor(() => seen.size === 2, { timeoutMs: 20_000 });
  // Both came in one transaction, each handler still runs in the trace of its own event.
  assert.deepEqual(Object.fromEntries(seen), { 'of a': traceOf('a'), 'of b': traceOf('b') });
  await consumer.stop(STOP_MS);
  await reader.stop();
  await relay.stop(STOP_MS);
});

test('a batch runs in the trace of its first event', async () => {
  let trace: string | undefined;
  const consumer = createConsumer({
    kafka: fixture.kafka,
    database: fixture.database,
    group: { group: 'batch', topics: [topics.user] },
    handlers: batchHandler(['quayside.users.v1.UserCreated'], () => {
      trace ??= currentTraceId();
      return Promise.resolve();
    }),
  });
  consumer.start();
  await waitFor(() => trace, { timeoutMs: 20_000 });
  assert.equal(trace, traceOf('a'));
  await consumer.stop(STOP_MS);
});
