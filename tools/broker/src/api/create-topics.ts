import { refuse } from '../protocol/errors';
import type { MessageOf } from '../protocol/message-type';
import type { BrokerState } from '../state';
import { readConfigValues } from '../topics/topic-config';
import { checkAssignments, defineApi, outcomeOf } from './api';

const request = `topics:[ name:string partitions:int32 replicationFactor:int16
  assignments:[ partition:int32 brokers:[int32] ] configs:[ name:string value:?string ] ]
  timeoutMs:int32 validateOnly@1+:bool`;
type NewTopic = MessageOf<typeof request>['topics'][number];

/** Creates topics, or with `validateOnly` tells whether it could. */
export const createTopics = defineApi(19, 'CreateTopics', [0, 4], {
  request,
  response: 'throttleMs@2+:int32 topics:[ name:string error:int16 message@1+:?string ]',
  handle({ topics, validateOnly }, { broker }) {
    const byName = new Map(topics.map((topic) => [topic.name, topic]));
    const others = topics.filter((topic) => byName.get(topic.name) !== topic);
    const repeated = new Set(others.map(({ name }) => name));
    const answers = [...byName].map(([name, topic]) => ({
      name,
      ...outcomeOf(() => {
        if (repeated.has(name)) refuse('INVALID_REQUEST', 'topic is named twice');
        create(topic, validateOnly, broker);
      }),
    }));
    return { topics: answers };
  },
});

function create(topic: NewTopic, validateOnly: boolean, { topics, settings }: BrokerState): void {
  const { name, assignments, partitions } = topic;
  const count = partitions === -1 ? settings.defaultPartitions : partitions;
  // The name first: a client that tries again should hear "exists", not a fault in the rest.
  topics.checkNew(name, assignments.length || count);
  checkReplication(topic);
  const values = readConfigValues(topic.configs);
  if (!validateOnly) topics.create(name, assignments.length || count, values);
}

function checkReplication({ assignments, partitions, replicationFactor: factor }: NewTopic): void {
  if (assignments.length === 0) {
    if (factor === 1 || factor === -1) return;
    refuse('INVALID_REPLICATION_FACTOR', `replication factor ${factor}: there is one broker`);
  }
  if (partitions !== -1 || factor !== -1) {
    refuse('INVALID_REQUEST', 'both assignments and counts are given');
  }
  const numbers = new Set(assignments.map(({ partition }) => partition));
  const isComplete = assignments.every((_, index) => numbers.has(index));
  if (!isComplete) refuse('INVALID_REPLICA_ASSIGNMENT', 'partitions are missing');
  const brokers = assignments.map((one) => one.brokers);
  checkAssignments(brokers, brokers.length);
}
