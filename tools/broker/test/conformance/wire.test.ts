import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { apis } from '../../src/api';
import { apiVersions } from '../../src/api/api-versions';
import { produce } from '../../src/api/produce';
import { batchOf } from '../batches';
import { WireClient } from '../wire-client';
import { fetchFrom, newProducerId, produceBatch } from '../wire-requests';
import { conformanceTarget } from './target';

// What no client library lets one do: byte for byte, against either broker.
const target = conformanceTarget();

test('ApiVersions in an unknown version is answered in version 0 with error 35', async (t) => {
  const client = await connect(t);
  client.sendRaw(apiVersions.key, 99, Buffer.of(0)); // no tags in its header
  const answer = apiVersions.response.read((await client.response())!, 0);
  assert.equal(answer.error, 35);
  assert.ok(answer.apis.some(({ key }) => key === apiVersions.key));
  assert.equal((await client.call(apiVersions, 0, {})).error, 0);
});

for (const [what, key, version] of [
  ['an unknown API', 999, 0],
  ['an unknown version', 3, 99],
] as const) {
  test(`${what} closes the connection`, async (t) => {
    const client = await connect(t);
    client.sendRaw(key, version);
    assert.equal(await client.response(), undefined);
  });
}

test('a frame beyond all limits closes the connection', async (t) => {
  const client = await connect(t);
  client.socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  await client.untilClosed();
});

test('producer ids differ', async (t) => {
  const client = await connect(t);
  const ids = [await newProducerId(client), await newProducerId(client)];
  assert.notEqual(ids[0], ids[1]);
});

test('a repeated batch keeps its offset, a gap is 45, an old epoch is 47', async (t) => {
  const client = await connect(t);
  const topic = await target.topic();
  const producerId = await newProducerId(client);
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
  const producerId = await newProducerId(client);
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

test('a fetch whose time is up gives what has come, if less than it asked for', async (t) => {
  const [reader, writer] = [await connect(t), await connect(t)];
  const topic = await target.topic();
  const batch = batchOf([{ value: 'x' }]);
  const waiting = fetchFrom(reader, topic, 0, { maxWaitMs: 1000, minBytes: 2 * batch.length });
  await produceBatch(writer, topic, batchOf([{ value: 'x' }]));
  assert.equal((await waiting).records.length, batch.length);
});

test('a fetch does not wait for more than it may have', async (t) => {
  const client = await connect(t);
  const topic = await target.topic();
  for (let i = 0; i < 3; i += 1) {
    await produceBatch(client, topic, batchOf([{ value: 'x'.repeat(100) }]));
  }
  const started = Date.now();
  const options = { maxWaitMs: 20_000, minBytes: 10_000, maxBytes: 300 };
  assert.ok((await fetchFrom(client, topic, 0, options)).records.length > 0);
  assert.ok(Date.now() - started < 5000);
});

test('a fetch does not wait at the end of a segment while the next one has more', async (t) => {
  const client = await connect(t);
  const topic = await target.topic({ config: { 'segment.bytes': '1048576' } });
  for (let i = 0; i < 3; i += 1) {
    await produceBatch(client, topic, batchOf([{ value: 'x'.repeat(600_000) }]));
  }
  const started = Date.now();
  const options = { maxWaitMs: 20_000, minBytes: 1_100_000, maxBytes: 2_000_000 };
  assert.ok((await fetchFrom(client, topic, 0, options)).records.length > 600_000);
  assert.ok(Date.now() - started < 5000);
});

test('without an answer (acks=0), a refusal closes the connection', async (t) => {
  const client = await connect(t);
  const topics = [{ name: target.name('unknown'), partitions: [{ records: batch }] }];
  client.send(produce, 3, { acks: 0, timeoutMs: 1000, topics });
  await client.untilClosed();
});

// What is not read to its last byte, or ends before that, was not written as the schema says.
test('every API in every version is answered in the form of its schema', async (t) => {
  const offered = await (await connect(t)).call(apiVersions, 0, {});
  const ranges = new Map(offered.apis.map(({ key, min, max }) => [key, { min, max }]));
  const topic = await target.topic({ partitions: 2 });
  const producing = await connect(t);
  await produceBatch(producing, topic, batchOf([{ value: 'x' }]));
  const group = target.name('group');
  await target.admin().setOffsets({
    groupId: group,
    topic,
    partitions: [{ partition: 0, offset: '1' }],
  });
  let compared = 0;
  for (const api of apis.values()) {
    const { min = 0, max = -1 } = ranges.get(api.key) ?? {};
    for (let version = api.minVersion; version <= api.maxVersion; version += 1) {
      // The header of a flexible request has tags, which this client does not send.
      const isFlexible = api.key === apiVersions.key && version >= 3;
      if (version < min || version > max || isFlexible) continue;
      const client = await connect(t);
      client.send(api, version, exampleOf(api.name, topic, group));
      const reader = await client.response();
      assert.ok(reader, `${api.name} v${version} is answered`);
      api.response.read(reader, version);
      assert.equal(reader.remaining, 0, `${api.name} v${version} is read to its end`);
      compared += 1;
    }
  }
  assert.ok(compared >= 60, `${compared} versions`);
});

function exampleOf(api: string, topic: string, group: string): object {
  const partitions = [0, 1];
  const topicPartitions = [{ name: topic, partitions: partitions.map((index) => ({ index })) }];
  const examples: Record<string, object> = {
    Produce: {
      acks: 1,
      topics: [{ name: topic, partitions: [{ records: batchOf([{ value: 'x' }]) }] }],
    },
    Fetch: { replicaId: -1, maxBytes: 1000, sessionEpoch: -1, topics: topicPartitions },
    ListOffsets: { replicaId: -1, topics: topicPartitions },
    Metadata: { topics: [topic, 'not/a/topic'] },
    OffsetCommit: {
      group: target.name('group'),
      topics: [{ name: topic, partitions: [{ index: 0, offset: 1 }] }],
    },
    OffsetFetch: { group, topics: [{ name: topic, partitions }] },
    FindCoordinator: { key: group },
    JoinGroup: { group, sessionTimeoutMs: 10_000 },
    Heartbeat: { group, generation: 1, memberId: 'none' },
    LeaveGroup: { group, memberId: 'none', members: [{ memberId: 'none' }] },
    SyncGroup: { group, generation: 1, memberId: 'none' },
    DescribeGroups: { groups: [group] },
    CreateTopics: { topics: [{ name: topic, partitions: 1, replicationFactor: 1 }] },
    DeleteTopics: { names: [target.name('unknown')], timeoutMs: 100 },
    DeleteRecords: { topics: topicPartitions, timeoutMs: 100 },
    DescribeConfigs: { resources: [{ type: 2, name: topic, configs: ['retention.ms'] }] },
    AlterConfigs: { resources: [{ type: 2, name: topic }], validateOnly: true },
    CreatePartitions: { topics: [{ name: topic, count: 1 }], timeoutMs: 100 },
    DeleteGroups: { groups: [target.name('group')] },
  };
  return examples[api] ?? {};
}

async function connect(t: TestContext): Promise<WireClient> {
  const client = await WireClient.connect(target.brokers()[0] ?? '');
  t.after(() => client.close());
  return client;
}
