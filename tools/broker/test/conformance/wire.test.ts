import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { batchOf } from '../batches';
import { WireClient } from '../wire-client';
import { fetchFrom, initProducerId, produceBatch } from '../wire-requests';
import { conformanceTarget } from './target';

// What no client library lets one do: byte for byte, against either broker.
const target = conformanceTarget();
const API_VERSIONS = 18;

test('ApiVersions in an unknown version is answered in version 0 with error 35', async (t) => {
  const client = await connect(t);
  const answer = await client.request(API_VERSIONS, 99, (w) => w.emptyTaggedFields());
  assert.equal(answer?.int16(), 35);
  const ranges = answer.array(() => [answer.int16(), answer.int16(), answer.int16()]);
  assert.ok(ranges.some(([key]) => key === API_VERSIONS));
  assert.equal((await client.request(API_VERSIONS, 0, (w) => w))?.int16(), 0);
});

for (const [what, key, version] of [
  ['an unknown API', 999, 0],
  ['an unknown version', 3, 99],
] as const) {
  test(`${what} closes the connection`, async (t) => {
    const client = await connect(t);
    assert.equal(await client.request(key, version, (w) => w), undefined);
  });
}

test('a frame beyond all limits closes the connection', async (t) => {
  const client = await connect(t);
  client.socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  await client.untilClosed();
});

test('producer ids differ', async (t) => {
  const client = await connect(t);
  const ids = [await initProducerId(client), await initProducerId(client)];
  assert.notEqual(ids[0], ids[1]);
});

test('a repeated batch keeps its offset, a gap is 45, an old epoch is 47', async (t) => {
  const client = await connect(t);
  const topic = await target.topic();
  const producerId = await initProducerId(client);
  const send = async (sequence: number, epoch = 0): Promise<[number, number]> => {
    const batch = batchOf([{ value: 'a' }, { value: 'b' }], { producerId, epoch, sequence });
    const { error, baseOffset } = await produceBatch(client, topic, batch);
    return [error, baseOffset];
  };
  assert.deepEqual(await send(0), [0, 0]);
  assert.deepEqual(await send(2), [0, 2]);
  assert.deepEqual(await send(0), [0, 0]);
  assert.deepEqual(await send(2), [0, 2]);
  assert.equal((await send(6))[0], 45);
  assert.equal((await send(1))[0], 45);
  assert.equal((await send(4, 1))[0], 45);
  assert.deepEqual(await send(0, 1), [0, 4]);
  assert.equal((await send(4, 0))[0], 47);
  assert.equal((await fetchFrom(client, topic, 0)).highWatermark, 6);
});

test('only the last five batches of a producer are remembered', async (t) => {
  const client = await connect(t);
  const topic = await target.topic();
  const producerId = await initProducerId(client);
  const send = (sequence: number): ReturnType<typeof produceBatch> =>
    produceBatch(client, topic, batchOf([{ value: 'x' }], { producerId, epoch: 0, sequence }));
  for (let sequence = 0; sequence < 6; sequence += 1) await send(sequence);
  assert.deepEqual(await send(1), { error: 0, baseOffset: 1 });
  assert.equal((await send(0)).error, 45);
});

const batch = batchOf([{ key: 'k', value: 'v' }]);
const damaged = Buffer.from(batch);
damaged[damaged.length - 2]! ^= 1;
for (const { what, bytes, error } of [
  { what: 'a wrong checksum', bytes: damaged, error: 2 },
  { what: 'two batches in one', bytes: Buffer.concat([batch, batch]), error: 87 },
]) {
  test(`${what} is refused with ${error}`, async (t) => {
    const client = await connect(t);
    const topic = await target.topic();
    assert.equal((await produceBatch(client, topic, bytes)).error, error);
    assert.deepEqual(await produceBatch(client, topic, batchOf([{ value: 'x' }])), {
      error: 0,
      baseOffset: 0,
    });
  });
}

test('reading beyond the ends is 1, at the end it is nothing, elsewhere whole batches', async (t) => {
  const client = await connect(t);
  const topic = await target.topic();
  for (let i = 0; i < 3; i += 1) {
    await produceBatch(client, topic, batchOf([{ value: 'a' }, { value: 'b' }]));
  }
  assert.equal((await fetchFrom(client, topic, 7)).error, 1);
  assert.equal((await fetchFrom(client, topic, 6)).records.length, 0);
  const { records, highWatermark } = await fetchFrom(client, topic, 3, { maxBytes: 1 });
  assert.equal(highWatermark, 6);
  assert.equal(records.readBigInt64BE(0), 2n, 'the batch that holds offset 3 starts at 2');
  assert.equal(records.length, records.readInt32BE(8) + 12);
  assert.equal((await fetchFrom(client, target.name('unknown'), 0)).error, 3);
});

test('a fetch waits for the bytes it asked for', async (t) => {
  const [reader, writer] = [await connect(t), await connect(t)];
  const topic = await target.topic();
  const size = batchOf([{ value: 'x' }]).length;
  const waiting = fetchFrom(reader, topic, 0, { maxWaitMs: 20_000, minBytes: 2 * size });
  await produceBatch(writer, topic, batchOf([{ value: 'x' }]));
  await produceBatch(writer, topic, batchOf([{ value: 'x' }]));
  assert.equal((await waiting).records.length, 2 * size);
});

async function connect(t: TestContext): Promise<WireClient> {
  const client = await WireClient.connect(target.brokers()[0] ?? '');
  t.after(() => client.close());
  return client;
}
