import { refuse } from '../protocol/errors';
import type { MessageOf } from '../protocol/message-type';
import type { BrokerState } from '../state';
import { readConfigValues } from '../topics/topic-config';
import { defineApi, outcomeOf, refuseAssignments } from './api';

/** Of a topic created with -1 for "the default"; Kafka's num.partitions. */
export const DEFAULT_PARTITIONS = 1;

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

function create(topic: NewTopic, validateOnly: boolean, { topics }: BrokerState): void {
  const { name, partitions, replicationFactor, assignments, configs } = topic;
  const count = partitions === -1 ? DEFAULT_PARTITIONS : partitions;
  // The name first: a client that tries again should hear "exists", not a fault in the rest.
  topics.checkNew(name);
  refuseAssignments(assignments);
  topics.checkPartitionCount(count);
  if (replicationFactor !== 1 && replicationFactor !== -1) {
    refuse('INVALID_REPLICATION_FACTOR', `replication factor ${replicationFactor}: one broker`);
  }
  const values = readConfigValues(configs);
  if (!validateOnly) topics.create(name, count, values);
}
