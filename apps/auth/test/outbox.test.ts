import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allTopics, consumerGroups, type EventPayloads } from '@quayside/contracts';
import { createConsumer, createKafka, createTopics } from '@quayside/messaging';
import { testBroker, waitFor } from '@quayside/testing';
import { registered, startAuth } from './auth-fixture';

test('a registration made while the broker was away is announced when it is back', async (t) => {
  const broker = await testBroker();
  const ends = [() => broker.stop()];
  // The last one opened is closed first.
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  const kafka = createKafka({ brokers: [broker.address], clientId: 'test' });
  ends.push(() => kafka.close());
  await createTopics(kafka, allTopics());
  const auth = await startAuth({ kafkaBrokers: broker.address });
  ends.push(() => auth.stop());

  const received: EventPayloads['quayside.auth.v1.IdentityRegistered'][] = [];
  const consumer = createConsumer({
    kafka,
    database: auth.database,
    group: consumerGroups.users,
    handlers: {
      'quayside.auth.v1.IdentityRegistered': (_tx, event) => {
        received.push(event.payload);
        return Promise.resolve();
      },
    },
  });
  let person: Awaited<ReturnType<typeof registered>>['person'] | undefined;
  await broker.restart(async () => {
    person = (await registered(auth.client)).person;
  });
  consumer.start();
  ends.push(() => consumer.stop(5000));
  await waitFor(() => received.length > 0, {
    timeoutMs: 30_000,
    description: 'IdentityRegistered',
  });
  const { userId, handle, displayName } = person!;
  assert.deepEqual(received, [{ userId, handle, displayName }]);
});
