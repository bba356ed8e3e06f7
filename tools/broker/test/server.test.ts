import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { apis } from '../src/api';
import { apiVersions } from '../src/api/api-versions';
import { createTopics } from '../src/api/create-topics';
import { describeConfigs } from '../src/api/describe-configs';
import { fetch } from '../src/api/fetch';
import { metadata } from '../src/api/metadata';
import { startBroker } from '../src/index';
import { batchOf } from './batches';
import { eventually } from './eventually';
import { runningBroker } from './running-broker';
import { temporaryFolder } from './temporary-folder';
import { WireClient } from './wire-client';
import { createTopic, fetchFrom, produceBatch } from './wire-requests';

test('an unknown version of ApiVersions is answered in version 0 with error 35', async (t) => {
  const { client } = await runningBroker(t);
  client.sendRaw(apiVersions.key, 99);
  assert.equal(
    (await client.response())?.take(12).toString('hex'),
    '0023' + '00000001' + '0012' + '0000' + '0003',
  );
  // What its header holds behind the correlation id is anybody's guess: nothing, here.
  client.socket.write(Buffer.from([0, 0, 0, 8, 0, apiVersions.key, 0, 98, 0, 0, 0, 7]));
  assert.equal((await client.response())?.take(2).toString('hex'), '0023');
  // Version 3: an empty tag section ends the header and the body, two compact strings lie between.
  client.sendRaw(apiVersions.key, 3, Buffer.from([0, 5, ...Buffer.from('test'), 2, 49, 0]));
  const next = await client.response();
  assert.deepEqual([...next!.take(3)], [0, 0, apis.size + 1]);
});

test('unknown APIs, unknown versions and impossible frames close the connection only', async (t) => {
  const { broker, client } = await runningBroker(t, { maxRequestBytes: 1000 });
  const bad = [
    Buffer.from([0, 0, 0, 4, 0, 0, 0, 0]),
    frame(999, 0),
    frame(3, 77),
    frame(0, 2),
    Buffer.from([0x7f, 0xff, 0xff, 0xff]),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    Buffer.from([0, 0, 3, 233]),
  ];
  for (const bytes of bad) {
    const other = await WireClient.connect(broker.address);
    other.socket.write(bytes);
    await other.untilClosed();
  }
  assert.equal((await client.call(apiVersions, 0, {})).error, 0);
});

test('random and mutated frames never stop the broker', async (t) => {
  const { broker, client } = await runningBroker(t, { maxPartitionsPerTopic: 3 });
  await createTopic(client, 'fuzzed');
  const versions = [...apis.values()].flatMap((api) =>
    [api.minVersion, api.maxVersion].map((version) => ({ key: api.key, version })),
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // Small numbers and the name of a topic get further into the handlers.
    fc
      .array(fc.constantFrom('i0', 'i1', 'i2', 'minus', 'name', 'zero', 'big'), { maxLength: 40 })
      .map((parts) => Buffer.concat(parts.map((part) => pieces[part] ?? Buffer.alloc(0)))),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...versions), body, async ({ key, version }, bytes) => {
      const fuzzer = await WireClient.connect(broker.address);
      fuzzer.sendRaw(key, version, bytes);
      fuzzer.socket.end();
      await Promise.race([fuzzer.response(), fuzzer.untilClosed()]);
      fuzzer.close();
      assert.equal((await client.call(apiVersions, 0, {})).error, 0);
    }),
    { numRuns: 600 },
  );
  // Another topic: a fuzzed request may well have deleted that one.
  assert.equal(await createTopic(client, 'after'), 0);
  const stored = await produceBatch(client, 'after', batchOf([{ value: 'still here' }]));
  assert.equal(stored.error, 0);
});

const pieces: Record<string, Buffer> = {
  i0: Buffer.alloc(4),
  i1: Buffer.from([0, 0, 0, 1]),
  i2: Buffer.from([0, 0, 0, 2]),
  minus: Buffer.from([255, 255, 255, 255]),
  name: Buffer.from('\0\x06fuzzed'),
  zero: Buffer.alloc(1),
  big: Buffer.from([0x7f, 255, 255, 255]),
};

test('responses come in the order of their requests', async (t) => {
  const { client } = await runningBroker(t);
  await createTopic(client, 'ordered');
  const waiting = fetchFrom(client, 'ordered', 0, { maxWaitMs: 200, minBytes: 1 });
  client.send(apiVersions, 0, {});
  assert.equal((await waiting).records.length, 0);
  assert.equal(apiVersions.response.read((await client.response())!, 0).error, 0);
});

test('a long poll wakes when enough bytes are there, not before', async (t) => {
  const { broker, client } = await runningBroker(t);
  await createTopic(client, 'polled');
  const reader = await WireClient.connect(broker.address);
  t.after(() => reader.close());
  const batch = batchOf([{ value: 'x'.repeat(100) }]);
  const waiting = fetchFrom(reader, 'polled', 0, {
    maxWaitMs: 20_000,
    minBytes: 2 * batch.length,
  });
  const started = Date.now();
  await produceBatch(client, 'polled', batchOf([{ value: 'x'.repeat(100) }]));
  await produceBatch(client, 'polled', batch);
  assert.equal((await waiting).records.length, 2 * batch.length);
  assert.ok(Date.now() - started < 5000);
});

test('a batch larger than the limit is given if it is the first, and only whole batches are', async (t) => {
  const { client } = await runningBroker(t);
  await createTopic(client, 'limited');
  const size = batchOf([{ value: 'x'.repeat(100) }]).length;
  for (let i = 0; i < 3; i += 1) {
    await produceBatch(client, 'limited', batchOf([{ value: 'x'.repeat(100) }]));
  }
  const lengthOf = async (maxBytes: number): Promise<number> =>
    (await fetchFrom(client, 'limited', 0, { maxBytes })).records.length;
  assert.deepEqual([await lengthOf(10), await lengthOf(size * 2 + 5)], [size, size * 2]);
  assert.equal((await fetchFrom(client, 'limited', 4)).error, 1);
});

test('a client that never reads its answers costs no more than its socket holds', async (t) => {
  const { broker, client } = await runningBroker(t, { stopTimeoutMs: 200 });
  await createTopic(client, 'large');
  await produceBatch(client, 'large', batchOf([{ value: 'x'.repeat(900_000) }]));
  const greedy = await WireClient.connect(broker.address);
  greedy.socket.pause();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 300; i += 1) {
    const partitions = [{ maxBytes: 1_000_000 }];
    greedy.send(fetch, 4, { maxBytes: 1_000_000, topics: [{ name: 'large', partitions }] });
  }
  // The other client is served meanwhile, again and again.
  for (let i = 0; i < 50; i += 1) await fetchFrom(client, 'large', 0);
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < 150_000_000, `grew by ${grown} bytes; 300 answers are 270 MB`);
  greedy.close();
});

test('a fetch that can never have all it asks for is answered with what it may have', async (t) => {
  const { client } = await runningBroker(t, { maxFetchBytes: 1000 });
  await createTopic(client, 'full');
  for (let i = 0; i < 3; i += 1) {
    await produceBatch(client, 'full', batchOf([{ value: 'x'.repeat(600) }]));
  }
  const started = Date.now();
  const options = { maxWaitMs: 20_000, minBytes: 5000, maxBytes: 10_000 };
  assert.ok((await fetchFrom(client, 'full', 0, options)).records.length > 600);
  assert.ok(Date.now() - started < 5000);
});

test('many fetches may wait at once', async (t) => {
  const { broker, client } = await runningBroker(t);
  await createTopic(client, 'popular');
  const waiting = Array.from({ length: 15 }, async () => {
    const reader = await WireClient.connect(broker.address);
    t.after(() => reader.close());
    return fetchFrom(reader, 'popular', 0, { maxWaitMs: 60_000, minBytes: 1 });
  });
  await produceBatch(client, 'popular', batchOf([{ value: 'news' }]));
  for (const { records } of await Promise.all(waiting)) assert.match(String(records), /news/);
});

test('requests of many items take no time that grows with their square', async (t) => {
  const { client } = await runningBroker(t, { maxPartitionsPerTopic: 3 });
  const before = process.cpuUsage();
  const count = 49_000;
  const partitions = Array.from({ length: count }, (_, index) => ({ index }));
  const fetched = await client.call(fetch, 4, { topics: [{ name: 'none', partitions }] });
  assert.equal(fetched.topics[0]?.partitions.length, count);
  const topics = Array.from({ length: count }, (_, i) => ({ name: `t${i}`, partitions: 99 }));
  const created = await client.call(createTopics, 1, { topics });
  assert.equal(created.topics.length, count);
  // Of the processor, which other processes cannot take more of: by the clock it would depend on them.
  const { user, system } = process.cpuUsage(before);
  assert.ok(user + system < 5_000_000, `took ${user + system} µs`);
});

test('a small request with a large answer costs little more than the answer', async (t) => {
  const { client } = await runningBroker(t);
  const resources = Array.from({ length: 30_000 }, () => ({ type: 4, name: '1' }));
  const before = process.memoryUsage().rss;
  client.send(describeConfigs, 3, { resources });
  await client.response();
  const grown = process.memoryUsage().rss - before;
  assert.ok(grown < 250_000_000, `grew by ${grown} bytes for an answer of 15 MB`);
});

test('names too long to quote are refused like others', async (t) => {
  const { client } = await runningBroker(t);
  const name = '"'.repeat(32_767);
  assert.equal(await createTopic(client, name), 17);
  assert.equal(await createTopic(client, 'fine', { [name]: name }), 40);
  const resources = [{ type: 4, name }];
  const described = await client.call(describeConfigs, 0, { resources });
  assert.equal(described.resources[0]?.error, 42);
});

test('an option that is undefined is one not given', async (t) => {
  const { broker } = await runningBroker(t, { host: undefined, maxConnections: undefined });
  assert.equal(broker.host, '127.0.0.1');
});

test('a file that is no topic does not keep the broker from starting', async (t) => {
  const dataDir = temporaryFolder(t);
  fs.mkdirSync(path.join(dataDir, 'topics', 'cut-off'), { recursive: true });
  fs.writeFileSync(path.join(dataDir, 'topics', '.DS_Store'), '');
  const { client } = await runningBroker(t, { dataDir });
  const { topics } = await client.call(metadata, 1, { topics: null });
  assert.deepEqual(topics, []);
});

test('one folder, one broker; a stale lock does not matter', async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startBroker({ dataDir });
  await assert.rejects(startBroker({ dataDir }), /in use by another broker/);
  await first.stop();
  const second = await startBroker({ dataDir });
  await second.stop();
});

test('stop answers who waits, frees the port, and what was stored is there again', async (t) => {
  const { broker, client, dataDir } = await runningBroker(t);
  await createTopic(client, 'kept', { 'retention.ms': '-1' }, 2);
  await produceBatch(client, 'kept', batchOf([{ value: 'one' }]));
  const waiting = fetchFrom(client, 'kept', 1, { maxWaitMs: 30_000, minBytes: 1 });
  await eventually('the fetch waits', () => client.socket.bytesWritten > 200);
  const started = Date.now();
  await new Promise((resolve) => setImmediate(resolve));
  await broker.stop();
  assert.ok(Date.now() - started < 3000);
  await waiting.catch(() => undefined);

  const again = await startBroker({ dataDir, port: broker.port });
  t.after(() => again.stop());
  const other = await WireClient.connect(again.address);
  t.after(() => other.close());
  assert.equal((await fetchFrom(other, 'kept', 0)).highWatermark, 1);
});

function frame(key: number, version: number): Buffer {
  const bytes = Buffer.alloc(4 + 10);
  bytes.writeInt32BE(10);
  bytes.writeInt16BE(key, 4);
  bytes.writeInt16BE(version, 6);
  bytes.writeInt16BE(-1, 12); // no client id
  return bytes;
}
