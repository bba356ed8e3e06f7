import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompressionTypes, type KafkaMessage, type Producer } from 'kafkajs';
import { eventually } from '../eventually';
import { conformanceTarget } from './target';

const target = conformanceTarget();

test('what is produced is consumed: keys, values, headers, times and order', async () => {
  const topic = await target.topic();
  const sent = Array.from({ length: 50 }, (_, i) => ({
    key: `key-${i}`,
    value: i % 7 === 0 ? null : `value-${i}`,
    headers: { index: String(i) },
    timestamp: String(1_700_000_000_000 + i),
  }));
  await withProducer({}, (producer) => producer.send({ topic, messages: sent }));
  const got = await consume(topic, sent.length);
  assert.deepEqual(
    got.map((message) => ({
      key: message.key?.toString(),
      value: message.value?.toString() ?? null,
      headers: { index: message.headers?.index?.toString() },
      timestamp: message.timestamp,
    })),
    sent,
  );
  assert.deepEqual(
    got.map(({ offset }) => offset),
    sent.map((_, index) => String(index)),
  );
});

for (const options of [{}, { idempotent: true }]) {
  test(`sends get consecutive offsets (${JSON.stringify(options)})`, async () => {
    const topic = await target.topic();
    const offsets = await withProducer(options, async (producer) => {
      const results: (string | undefined)[] = [];
      for (let i = 0; i < 10; i += 1) {
        const [result] = await producer.send({
          topic,
          acks: -1,
          messages: [{ value: `${i}a` }, { value: `${i}b` }],
        });
        results.push(result?.baseOffset);
      }
      return results;
    });
    assert.deepEqual(
      offsets,
      offsets.map((_, index) => String(index * 2)),
    );
  });
}

test('gzip batches pass through', async () => {
  const topic = await target.topic();
  const messages = Array.from({ length: 100 }, (_, i) => ({ value: `gzip ${i}` }));
  await withProducer({}, (producer) =>
    producer.send({ topic, messages, compression: CompressionTypes.GZIP }),
  );
  const got = await consume(topic, messages.length);
  assert.deepEqual(
    got.map((message) => message.value?.toString()),
    messages.map(({ value }) => value),
  );
});

test('a batch beyond max.message.bytes is refused, a smaller one is not', async () => {
  const topic = await target.topic({ config: { 'max.message.bytes': '1000' } });
  await withProducer({}, async (producer) => {
    await assert.rejects(producer.send({ topic, messages: [{ value: 'x'.repeat(2000) }] }), {
      type: 'MESSAGE_TOO_LARGE',
    });
    await producer.send({ topic, messages: [{ value: 'x'.repeat(500) }] });
  });
});

test('a compacted topic refuses records without a key', async () => {
  const topic = await target.topic({ config: { 'cleanup.policy': 'compact' } });
  await withProducer({}, async (producer) => {
    await assert.rejects(producer.send({ topic, messages: [{ value: 'no key' }] }));
    await producer.send({ topic, messages: [{ key: 'k', value: 'v' }] });
  });
});

test('producing to an unknown topic is refused', async () => {
  const topic = target.name('unknown');
  await withProducer({}, async (producer) => {
    await assert.rejects(producer.send({ topic, messages: [{ value: 'x' }] }), (error: Error) => {
      assert.equal((error.cause as { type?: string }).type, 'UNKNOWN_TOPIC_OR_PARTITION');
      return true;
    });
  });
});

test('offsets are found by time, and the ends by name', async () => {
  const topic = await target.topic();
  const start = 1_700_000_000_000;
  const messages = [0, 10, 20].map((ms) => ({ value: 'x', timestamp: String(start + ms) }));
  await withProducer({}, async (producer) => {
    await producer.send({ topic, messages: messages.slice(0, 2) });
    await producer.send({ topic, messages: messages.slice(2) });
  });
  const at = async (time: number): Promise<string | undefined> =>
    (await target.admin().fetchTopicOffsetsByTimestamp(topic, time))[0]?.offset;
  assert.deepEqual(
    [await at(start - 1), await at(start + 5), await at(start + 20), await at(start + 21)],
    // kafkajs answers with the end where the broker finds nothing
    ['0', '1', '2', '3'],
  );
  const [offsets] = await target.admin().fetchTopicOffsets(topic);
  assert.deepEqual([offsets?.low, offsets?.high], ['0', '3']);
});

test('deleted records move the start, and reading before it begins there', async () => {
  const topic = await target.topic();
  const messages = Array.from({ length: 10 }, (_, i) => ({ value: String(i) }));
  await withProducer({}, (producer) => producer.send({ topic, messages }));
  // kafkajs deletes only where it has looked up the leader before.
  await target.admin().fetchTopicOffsets(topic);
  await target.admin().deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '7' }] });
  const [offsets] = await target.admin().fetchTopicOffsets(topic);
  assert.equal(offsets?.low, '7');
  const got = await consume(topic, 3);
  assert.deepEqual(
    got.map((message) => message.value?.toString()),
    ['7', '8', '9'],
  );
  await assert.rejects(
    target.admin().deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '11' }] }),
  );
});

test('a waiting consumer gets a message soon after it is produced', async () => {
  const topic = await target.topic();
  const consumer = target
    .kafka()
    .consumer({ groupId: target.name('group'), maxWaitTimeInMs: 5000 });
  const delays: number[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        delays.push(Date.now() - Number(message.timestamp));
        return Promise.resolve();
      },
    });
    await withProducer({}, async (producer) => {
      for (let i = 1; i <= 3; i += 1) {
        await producer.send({ topic, messages: [{ value: 'x', timestamp: String(Date.now()) }] });
        await eventually('it arrives', () => delays.length >= i);
      }
    });
    // The first may include joining the group; the others wake a fetch that is already waiting.
    assert.ok(Math.max(...delays.slice(1)) < 2500, `delays ${delays.join(', ')} ms`);
  } finally {
    await consumer.disconnect();
  }
});

async function withProducer<T>(
  options: { idempotent?: boolean },
  use: (producer: Producer) => Promise<T>,
): Promise<T> {
  const producer = target.kafka().producer({ ...options, retry: { retries: 2 } });
  await producer.connect();
  try {
    return await use(producer);
  } finally {
    await producer.disconnect();
  }
}

async function consume(topic: string, count: number): Promise<KafkaMessage[]> {
  const got: KafkaMessage[] = [];
  const consumer = target.kafka().consumer({ groupId: target.name('group') });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        got.push(message);
        return Promise.resolve();
      },
    });
    await eventually(`${count} messages arrive`, () => got.length >= count);
    return got;
  } finally {
    await consumer.disconnect();
  }
}
