import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apis } from '../src/api';
import { startBroker } from '../src/index';
import { Writer } from '../src/protocol/writer';
import { batchOf } from './batches';
import { eventually } from './eventually';
import { runningBroker } from './running-broker';
import { temporaryFolder } from './temporary-folder';
import { WireClient } from './wire-client';
import { createTopic, fetchFrom, produceBatch } from './wire-requests';

const API_VERSIONS = 18;

test('an unknown version of ApiVersions is answered in version 0 with error 35', async (t) => {
  const { client } = await runningBroker(t);
  const reader = await client.request(API_VERSIONS, 99, (w) => w);
  assert.equal(reader?.int16(), 35);
  const ranges = reader.array(() => [reader.int16(), reader.int16(), reader.int16()]);
  assert.deepEqual(ranges, [[API_VERSIONS, 0, 3]]);
  const next = await client.request(API_VERSIONS, 3, flexibleBody);
  assert.equal(next?.int16(), 0);
  assert.equal(next.unsignedVarint(), apis.size + 1);
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
  assert.equal((await client.request(API_VERSIONS, 0, (w) => w))?.int16(), 0);
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
      fuzzer.send(key, version, (w) => w.raw(Buffer.from(bytes)));
      fuzzer.socket.end();
      await Promise.race([fuzzer.response(), fuzzer.untilClosed()]);
      fuzzer.close();
      assert.equal((await client.request(API_VERSIONS, 0, (w) => w))?.int16(), 0);
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
  name: Buffer.concat(new Writer().string('fuzzed').finish()),
  zero: Buffer.alloc(1),
  big: Buffer.from([0x7f, 255, 255, 255]),
};

test('responses come in the order of their requests', async (t) => {
  const { client } = await runningBroker(t);
  await createTopic(client, 'ordered');
  const waiting = fetchFrom(client, 'ordered', 0, { maxWaitMs: 200, minBytes: 1 });
  client.send(API_VERSIONS, 0, (w) => w);
  assert.equal((await waiting).records.length, 0);
  assert.equal((await client.response())?.int16(), 0);
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
    greedy.send(1, 4, (w) =>
      w
        .int32(-1)
        .int32(0)
        .int32(0)
        .int32(1_000_000)
        .int8(0)
        .array(['large'], (name) => {
          w.string(name).array([0], (index) => w.int32(index).int64(0).int32(1_000_000));
        }),
    );
  }
  // The other client is served meanwhile, again and again.
  for (let i = 0; i < 50; i += 1) await fetchFrom(client, 'large', 0);
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < 150_000_000, `grew by ${grown} bytes; 300 answers are 270 MB`);
  greedy.close();
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
  const content = new Writer().int16(key).int16(version).int32(1).nullableString(null);
  return Buffer.concat(new Writer().bytes(Buffer.concat(content.finish())).finish());
}

function flexibleBody(writer: Writer): Writer {
  const compact = (text: string): Writer =>
    writer.unsignedVarint(text.length + 1).raw(Buffer.from(text));
  writer.emptyTaggedFields();
  compact('test');
  return compact('1').emptyTaggedFields();
}
