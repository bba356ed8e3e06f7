import { NODE_ID } from '../state';
import { checkTopicName } from '../topics/topic-registry';
import { defineApi, outcomeOf } from './api';

const placement = { leader: NODE_ID, replicas: [NODE_ID], inSyncReplicas: [NODE_ID] };

/** Brokers, topics and who leads each partition. Never creates a topic. */
export const metadata = defineApi(3, 'Metadata', [0, 8], {
  request: `topics:?[string] allowCreation@4+:bool includeClusterOperations@8+:bool
    includeTopicOperations@8+:bool`,
  response: `throttleMs@3+:int32 brokers:[ node:int32 host:string port:int32 rack@1+:?string ]
    clusterId@2+:?string controller@1+:int32 topics:[ error:int16 name:string isInternal@1+:bool
    partitions:[ error:int16 index:int32 leader:int32 leaderEpoch@7+:int32 replicas:[int32]
    inSyncReplicas:[int32] offlineReplicas@5+:[int32] ] operations@8+:int32=-2147483648 ]
    operations@8+:int32=-2147483648`,
  handle({ topics: named }, { version, address, broker: { topics, clusterId } }) {
    // Version 0 has no null: there an empty list asks for all topics.
    const isAll = !named || (version === 0 && named.length === 0);
    const names = isAll ? topics.all().map(({ name }) => name) : [...new Set(named)];
    const answers = names.map((name) => ({
      name,
      partitions: topics.get(name)?.partitions.map((_, index) => ({ index, ...placement })) ?? [],
      ...outcomeOf(() => {
        checkTopicName(name);
        topics.require(name);
      }),
    }));
    const brokers = [{ node: NODE_ID, ...address }];
    return { brokers, controller: NODE_ID, clusterId, topics: answers };
  },
});
