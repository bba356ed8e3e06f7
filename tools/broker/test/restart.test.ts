import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kafka, logLevel } from 'kafkajs';
import { startBroker } from '../src/index';
import { batchOf } from './batches';
import { eventually } from './eventually';
import { runningBroker } from './running-broker';
import { temporaryFolder } from './temporary-folder';
import { createTopic, fetchFrom, produceBatch } from './wire-requests';

test('kafkajs goes on over a restart: every message once, in order, by its committed offset', async (t) => {
  const dataDir = temporaryFolder(t);
  let broker = await startBroker({ dataDir });
  t.after(() => broker.stop());
  const { port } = broker;
  const kafka = new Kafka({
    brokers: [broker.address],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 300, retries: 50 },
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 't' }] });
  await admin.disconnect();
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: 'g', heartbeatInterval: 100, maxWaitTimeInMs: 300 });
  await Promise.all([producer.connect(), consumer.connect()]);
  const got: string[] = [];
  await consumer.subscribe({ topic: 't', fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => Promise.resolve(void got.push(message.value?.toString() ?? '')),
  });
  const sent: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    if (round > 0) {
      await broker.stop();
      broker = await startBroker({ dataDir, port });
    }
    for (let i = 0; i < 20; i += 1) {
      sent.push(`${round}-${i}`);
      await producer.send({ topic: 't', messages: [{ value: `${round}-${i}` }] });
    }
    await eventually('everything arrived', () => got.at(-1) === sent.at(-1));
  }
  // A message whose offset could not be committed before the stop may come again, but none is missing.
  assert.deepEqual([...new Set(got)], sent);
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
});

test('retention and compaction run by themselves', async (t) => {
  const { client } = await runningBroker(t, { maintenanceIntervalMs: 20 });
  await createTopic(client, 'short', { 'retention.ms': '1000' });
  const timestamp = Date.now() - 60_000;
  await produceBatch(client, 'short', batchOf([{ value: 'old' }], { timestamp }));
  await eventually('it is gone', async () => (await fetchFrom(client, 'short', 0)).error === 1);
  assert.equal((await fetchFrom(client, 'short', 1)).highWatermark, 1);

  await createTopic(client, 'table', { 'cleanup.policy': 'compact', 'segment.bytes': '100' });
  for (let i = 0; i < 10; i += 1) {
    await produceBatch(client, 'table', batchOf([{ key: 'k', value: `v${i}` }]));
  }
  // Two remain: the last of the closed segments, and the one that is still written to.
  const one = batchOf([{ key: 'k', value: 'v0' }]).length;
  await eventually('the closed segments are compacted', async () => {
    return (await readAll('table')) === 2 * one;
  });

  async function readAll(topic: string): Promise<number> {
    let bytes = 0;
    for (let offset = 0; offset < 10;) {
      const { records } = await fetchFrom(client, topic, offset);
      if (records.length === 0) break;
      bytes += records.length;
      offset = Number(records.readBigInt64BE(0)) + 1;
    }
    return bytes;
  }
});
