import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Consumer } from 'kafkajs';
import { eventually } from '../eventually';
import { conformanceTarget } from './target';

const target = conformanceTarget();

test('two members share the partitions, and the second leaving gives them back', async () => {
  const topic = await target.topic({ partitions: 4 });
  const groupId = target.name('group');
  const first = await join(groupId, topic);
  await eventually('the first has all four', () => first.assigned.length === 4);
  const second = await join(groupId, topic);
  await eventually(
    'each has two',
    () => first.assigned.length === 2 && second.assigned.length === 2,
  );
  assert.deepEqual([...first.assigned, ...second.assigned].sort(), [0, 1, 2, 3]);

  const [group] = (await target.admin().describeGroups([groupId])).groups;
  assert.ok(group);
  assert.deepEqual(
    [group.state, group.protocolType, group.members.length],
    ['Stable', 'consumer', 2],
  );

  await second.consumer.disconnect();
  await eventually('the first has all four again', () => first.assigned.length === 4);
  await first.consumer.disconnect();
});

test('a member that falls silent is replaced after its session timeout', async () => {
  const topic = await target.topic({ partitions: 1 });
  const groupId = target.name('group');
  await produce(topic, ['stuck']);
  // kafkajs sends heartbeats between messages, so none while a message is being handled.
  let release = (): void => undefined;
  const stuck = new Promise<void>((resolve) => (release = resolve));
  const silent = await join(groupId, topic, {}, () => stuck);
  await eventually('it handles the message', () => silent.values.length === 1);
  const other = await join(groupId, topic);
  await eventually('the other gets the message', () => other.values.length === 1);
  release();
  await other.consumer.disconnect();
  await silent.consumer.disconnect();
});

test('a group goes on where it committed', async () => {
  const topic = await target.topic();
  const groupId = target.name('group');
  await produce(topic, ['a', 'b']);
  const first = await join(groupId, topic);
  await eventually('two arrive', () => first.values.length === 2);
  await first.consumer.disconnect();
  const [committed] = await target.admin().fetchOffsets({ groupId, topics: [topic] });
  assert.equal(committed?.partitions[0]?.offset, '2');

  await produce(topic, ['c']);
  const second = await join(groupId, topic);
  await eventually('the third arrives', () => second.values.length > 0);
  assert.deepEqual(second.values, ['c']);
  await second.consumer.disconnect();
});

test('offsets of an empty group can be set and reset', async () => {
  const topic = await target.topic();
  const groupId = target.name('group');
  await produce(topic, ['a', 'b', 'c']);
  const admin = target.admin();
  await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '1' }] });
  const consumer = await join(groupId, topic);
  await eventually('two arrive', () => consumer.values.length === 2);
  assert.deepEqual(consumer.values, ['b', 'c']);
  await consumer.consumer.disconnect();
  await admin.resetOffsets({ groupId, topic, earliest: true });
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic], resolveOffsets: true });
  assert.equal(offsets?.partitions[0]?.offset, '0');
});

test('an unknown partition of a group has offset -1', async () => {
  const topic = await target.topic();
  const groupId = target.name('group');
  const [offsets] = await target.admin().fetchOffsets({ groupId, topics: [topic] });
  assert.equal(offsets?.partitions[0]?.offset, '-1');
});

test('groups are listed, refuse deletion while in use, and are gone after it', async () => {
  const topic = await target.topic();
  const groupId = target.name('group');
  const admin = target.admin();
  const { consumer, assigned } = await join(groupId, topic);
  await eventually('it is assigned', () => assigned.length === 1);
  const listed = async (): Promise<string[]> =>
    (await admin.listGroups()).groups.map((group) => group.groupId);
  assert.ok((await listed()).includes(groupId));
  await assert.rejects(admin.deleteGroups([groupId]), (error: { groups?: unknown[] }) => {
    assert.deepEqual(
      error.groups?.map((group) => (group as { errorCode: number }).errorCode),
      [68],
    );
    return true;
  });
  await consumer.disconnect();
  await admin.deleteGroups([groupId]);
  assert.ok(!(await listed()).includes(groupId));
  const { groups } = await admin.describeGroups([groupId]);
  assert.equal(groups[0]?.state, 'Dead');
});

interface Joined {
  readonly consumer: Consumer;
  readonly assigned: number[];
  readonly values: string[];
}

async function join(
  groupId: string,
  topic: string,
  options: object = {},
  handle: () => Promise<void> = () => Promise.resolve(),
): Promise<Joined> {
  const consumer = target.kafka().consumer({
    groupId,
    sessionTimeout: 6000,
    rebalanceTimeout: 10_000,
    heartbeatInterval: 200,
    maxWaitTimeInMs: 500,
    ...options,
  });
  const assigned: number[] = [];
  const values: string[] = [];
  consumer.on('consumer.group_join', ({ payload }) => {
    assigned.splice(0, Infinity, ...(payload.memberAssignment[topic] ?? []));
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      values.push(message.value?.toString() ?? '');
      return handle();
    },
  });
  return { consumer, assigned, values };
}

async function produce(topic: string, values: readonly string[]): Promise<void> {
  const producer = target.kafka().producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}
