import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { openClient } from '../src/kafka/connection';
import { startMessaging } from './fixture';

test('a connection to Kafka on which nothing is asked sets no timers', async () => {
  const fixture = await startMessaging();
  const client = openClient(fixture.kafka);
  const admin = client.kafka.admin();
  const { setTimeout: real } = globalThis;
  let timers = 0;
  try {
    await admin.connect();
    await admin.listTopics();
    globalThis.setTimeout = ((...given: Parameters<typeof real>) => {
      timers += 1;
      return real(...given);
    }) as typeof real;
    await delay(500);
    assert.ok(timers < 20, `${timers} timers in half a second`);
    globalThis.setTimeout = real;
    assert.ok((await admin.listTopics()).length > 0, 'and it still answers');
  } finally {
    globalThis.setTimeout = real;
    await client.close(admin);
    await fixture.stop();
  }
});
