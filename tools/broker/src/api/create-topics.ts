import { ErrorCode, ProtocolError } from '../protocol/errors';
import type { Reader } from '../protocol/reader';
import { type BrokerState, NODE_ID } from '../state';
import { readConfigValues } from '../topics/topic-config';
import { type Api, NOT_THROTTLED } from './api';
import { outcomeOf } from './outcome';

interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly assignments: readonly { partition: number; brokers: number[] }[];
  readonly configs: readonly { name: string; value: string | null }[];
}

/** API 19. */
export const createTopics: Api = {
  key: 19,
  name: 'CreateTopics',
  minVersion: 0,
  maxVersion: 4,
  handle({ version, body }, response, broker) {
    const requested = body.array(() => readTopic(body));
    body.int32(); // timeout: creation is immediate
    const validateOnly = version >= 1 && body.boolean();
    const byName = new Map(requested.map((topic) => [topic.name, topic]));

    if (version >= 2) response.int32(NOT_THROTTLED);
    return response.array([...byName.values()], (topic) => {
      const { error, message } = outcomeOf(() => {
        if (requested.filter(({ name }) => name === topic.name).length > 1) {
          throw new ProtocolError(ErrorCode.INVALID_REQUEST, 'topic is named twice');
        }
        create(topic, validateOnly, broker);
      });
      response.string(topic.name).int16(error);
      if (version >= 1) response.nullableString(message);
    });
  },
};

function readTopic(body: Reader): NewTopic {
  return {
    name: body.string(),
    partitions: body.int32(),
    replicationFactor: body.int16(),
    assignments: body.array(() => ({
      partition: body.int32(),
      brokers: body.array(() => body.int32()),
    })),
    configs: body.array(() => ({ name: body.string(), value: body.nullableString() })),
  };
}

function create(topic: NewTopic, validateOnly: boolean, broker: BrokerState): void {
  const partitions = partitionCount(topic, broker.settings.defaultPartitions);
  // The name first: a client that tries again should hear "exists", not a fault in the rest.
  broker.topics.checkNew(topic.name, partitions);
  checkReplication(topic);
  const values = readConfigValues(topic.configs);
  if (!validateOnly) broker.topics.create(topic.name, partitions, values);
}

function partitionCount(topic: NewTopic, defaultPartitions: number): number {
  if (topic.assignments.length > 0) return topic.assignments.length;
  return topic.partitions === -1 ? defaultPartitions : topic.partitions;
}

function checkReplication({ assignments, partitions, replicationFactor }: NewTopic): void {
  if (assignments.length === 0) {
    if (replicationFactor === 1 || replicationFactor === -1) return;
    throw new ProtocolError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `replication factor ${replicationFactor}: there is one broker`,
    );
  }
  if (partitions !== -1 || replicationFactor !== -1) {
    throw new ProtocolError(ErrorCode.INVALID_REQUEST, 'both assignments and counts are given');
  }
  const numbers = assignments.map(({ partition }) => partition).sort((a, b) => a - b);
  const isComplete = numbers.every((partition, index) => partition === index);
  const isHere = assignments.every(({ brokers }) => brokers.length === 1 && brokers[0] === NODE_ID);
  if (!isComplete || !isHere) {
    throw new ProtocolError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, 'not an assignment to broker 1');
  }
}
