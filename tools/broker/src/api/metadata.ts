import { ErrorCode } from '../protocol/errors';
import { LEADER_EPOCH } from '../log/partition-log';
import type { Writer } from '../protocol/writer';
import { type BrokerState, NODE_ID } from '../state';
import { checkTopicName } from '../topics/topic-name';
import { type Api, NO_AUTHORIZED_OPERATIONS, NOT_THROTTLED } from './api';
import { outcomeOf } from './outcome';

/** API 3: brokers, topics and who leads each partition. Never creates a topic. */
export const metadata: Api = {
  key: 3,
  name: 'Metadata',
  minVersion: 0,
  maxVersion: 8,
  handle({ version, body, address }, response, broker) {
    const named = body.nullableArray(() => body.string());
    if (version >= 4) body.boolean(); // allow_auto_topic_creation
    // Version 0 has no null: there an empty list asks for all topics.
    const isAll = named === null || (version === 0 && named.length === 0);
    const names = isAll ? broker.topics.all().map((topic) => topic.name) : [...new Set(named)];

    if (version >= 3) response.int32(NOT_THROTTLED);
    response.array([NODE_ID], (node) => {
      response.int32(node).string(address.host).int32(address.port);
      if (version >= 1) response.nullableString(null); // rack
    });
    if (version >= 2) response.nullableString(broker.clusterId);
    if (version >= 1) response.int32(NODE_ID); // controller
    response.array(names, (name) => writeTopic(response, version, name, broker));
    if (version >= 8) response.int32(NO_AUTHORIZED_OPERATIONS);
    return response;
  },
};

function writeTopic(response: Writer, version: number, name: string, broker: BrokerState): void {
  const { error } = outcomeOf(() => {
    checkTopicName(name);
    broker.topics.require(name);
  });
  response.int16(error).string(name);
  if (version >= 1) response.boolean(false); // is_internal
  const partitions = broker.topics.get(name)?.partitions ?? [];
  response.array([...partitions.keys()], (partition) => {
    response.int16(ErrorCode.NONE).int32(partition).int32(NODE_ID);
    if (version >= 7) response.int32(LEADER_EPOCH);
    response.array([NODE_ID], (replica) => response.int32(replica));
    response.array([NODE_ID], (inSync) => response.int32(inSync));
    if (version >= 5) response.array([], () => undefined); // offline replicas
  });
  if (version >= 8) response.int32(NO_AUTHORIZED_OPERATIONS);
}
