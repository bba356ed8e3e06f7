import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigResourceTypes, ConfigSource, KafkaJSAggregateError } from 'kafkajs';
import { eventually } from '../eventually';
import { conformanceTarget } from './target';

const target = conformanceTarget();

test('a created topic is listed with its partitions', async () => {
  const topic = await target.topic({ partitions: 3 });
  const { topics } = await target.admin().fetchTopicMetadata({ topics: [topic] });
  assert.deepEqual(topics[0]?.partitions.map((p) => p.partitionId).sort(), [0, 1, 2]);
  assert.ok((await target.admin().listTopics()).includes(topic));
});

test('an unknown topic is not created by asking for it', async () => {
  const topic = target.name('unknown');
  await assert.rejects(target.admin().fetchTopicMetadata({ topics: [topic] }), {
    type: 'UNKNOWN_TOPIC_OR_PARTITION',
  });
  assert.ok(!(await target.admin().listTopics()).includes(topic));
});

const refusals = [
  { what: 'a duplicate', code: 36, topic: (existing: string) => ({ topic: existing }) },
  { what: 'an invalid name', code: 17, topic: () => ({ topic: 'not a name' }) },
  { what: 'the name ".."', code: 17, topic: () => ({ topic: '..' }) },
  { what: 'zero partitions', code: 37, topic: fresh({ numPartitions: 0 }) },
  { what: 'replication factor 5', code: 38, topic: fresh({ replicationFactor: 5 }) },
  { what: 'an unknown config', code: 40, topic: fresh({ configEntries: [entry('nope', '1')] }) },
  {
    what: 'an invalid config value',
    code: 40,
    topic: fresh({ configEntries: [entry('retention.ms', 'soon')] }),
  },
  {
    what: 'a number too large for its type',
    code: 40,
    topic: fresh({ configEntries: [entry('max.message.bytes', '3000000000')] }),
  },
];

for (const { what, code, topic } of refusals) {
  for (const validateOnly of [false, true]) {
    test(`CreateTopics refuses ${what} with ${code} (validateOnly ${validateOnly})`, async () => {
      const existing = await target.topic();
      const topics = [topic(existing)];
      assert.equal(await codeOf(target.admin().createTopics({ topics, validateOnly })), code);
    });
  }
}

test('names that differ only in "." and "_" collide', async () => {
  const name = target.name('collision');
  const [dotted, underscored] = [`${name}.x`, `${name}_x`];
  await target.admin().createTopics({ topics: [{ topic: dotted }] });
  const again = target.admin().createTopics({ topics: [{ topic: underscored }] });
  assert.equal(await codeOf(again), 17);
  await target.admin().deleteTopics({ topics: [dotted] });
});

test('validateOnly creates nothing', async () => {
  const topic = target.name('validated');
  await target.admin().createTopics({
    topics: [{ topic }],
    validateOnly: true,
    waitForLeaders: false,
  });
  assert.ok(!(await target.admin().listTopics()).includes(topic));
});

test('partitions can be added but not removed', async () => {
  const topic = await target.topic({ partitions: 1 });
  await target.admin().createPartitions({ topicPartitions: [{ topic, count: 3 }] });
  await eventually('there are three', async () => {
    const { topics } = await target.admin().fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length === 3;
  });
  const fewer = target.admin().createPartitions({ topicPartitions: [{ topic, count: 2 }] });
  assert.equal(await codeOf(fewer), 37);
});

test('configs are stored, described and altered as a whole', async () => {
  const topic = await target.topic({
    config: { 'retention.ms': '60000', 'cleanup.policy': 'compact' },
  });
  assert.deepEqual(await configsOf(topic), {
    'retention.ms': '60000',
    'cleanup.policy': 'compact',
  });
  await target.admin().alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: [entry('retention.bytes', '4096')],
      },
    ],
  });
  await eventually('the new configs are in force', async () => {
    const configs = await configsOf(topic);
    return configs['retention.bytes'] === '4096' && !('retention.ms' in configs);
  });
});

test('the largest number a config can have is accepted', async () => {
  const config = { 'retention.ms': '9223372036854775807', 'segment.bytes': '2147483647' };
  assert.deepEqual(await configsOf(await target.topic({ config })), config);
});

test('altering an unknown config is refused', async () => {
  const name = await target.topic();
  const resources = [
    { type: ConfigResourceTypes.TOPIC, name, configEntries: [entry('nope', '1')] },
  ];
  assert.equal(await codeOf(target.admin().alterConfigs({ validateOnly: false, resources })), 40);
});

test('a deleted topic is gone, and deleting it again is refused', async () => {
  const topic = await target.topic();
  await target.admin().deleteTopics({ topics: [topic] });
  await eventually('it is gone', async () => !(await target.admin().listTopics()).includes(topic));
  assert.equal(await codeOf(target.admin().deleteTopics({ topics: [topic], timeout: 500 })), 3);
});

test('the cluster names a controller among its brokers', async () => {
  const { brokers, controller, clusterId } = await target.admin().describeCluster();
  assert.ok(brokers.some(({ nodeId }) => nodeId === controller));
  assert.ok(clusterId.length > 0);
});

async function configsOf(topic: string): Promise<Record<string, string>> {
  const { resources } = await target.admin().describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  const set =
    resources[0]?.configEntries.filter((e) => e.configSource === ConfigSource.TOPIC_CONFIG) ?? [];
  return Object.fromEntries(set.map((e) => [e.configName, e.configValue]));
}

/** The protocol's error code of what an action is refused with; 0 if it is not. */
async function codeOf(action: Promise<unknown>): Promise<number> {
  try {
    // kafkajs turns TOPIC_ALREADY_EXISTS into the answer false.
    return (await action) === false ? 36 : 0;
  } catch (error) {
    const first: unknown = error instanceof KafkaJSAggregateError ? error.errors[0] : error;
    // A retriable error comes wrapped, after the last attempt.
    for (let cause: unknown = first; cause instanceof Error; cause = cause.cause) {
      if ('code' in cause && typeof cause.code === 'number') return cause.code;
    }
    throw error;
  }
}

function fresh(rest: object): () => { topic: string } {
  return () => ({ topic: target.name('refused'), ...rest });
}

function entry(name: string, value: string): { name: string; value: string } {
  return { name, value };
}
