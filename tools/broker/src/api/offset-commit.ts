import type { CommittedOffset } from '../group/offset-store';
import { ErrorCode } from '../protocol/errors';
import type { BrokerState } from '../state';
import { answerEach, defineApi } from './api';

// Kafka's offset.metadata.max.bytes.
const MAX_METADATA_BYTES = 4096;

/** Stores a group's positions, all of a request in one write. */
export const offsetCommit = defineApi(8, 'OffsetCommit', [0, 7], {
  request: `group:string generation@1+:int32=-1 memberId@1+:string instanceId@7+:?string
    retentionMs@2-4:int64 topics:[ name:string partitions:[ partition:int32 offset:int64
    leaderEpoch@6+:int32=-1 timestamp@1-1:int64 metadata:?string ] ]`,
  response: `throttleMs@3+:int32
    topics:[ name:string partitions:[ partition:int32 error:int16 ] ]`,
  handle({ group, memberId, generation, topics }, { broker }) {
    const accepted: CommittedOffset[] = [];
    const checked = answerEach(topics, (topic, { partition, offset, leaderEpoch, metadata }) => {
      const committed = { topic, partition, offset, leaderEpoch, metadata: metadata ?? '' };
      const error = check(committed, broker);
      if (error === ErrorCode.NONE) accepted.push(committed);
      return { partition, error };
    });
    const refusal = broker.groups.commit(group, memberId, generation, accepted);
    if (refusal === ErrorCode.NONE) return { topics: checked };
    return { topics: answerEach(checked, (_, { partition }) => ({ partition, error: refusal })) };
  },
});

function check({ topic, partition, metadata }: CommittedOffset, { topics }: BrokerState): number {
  if (!topics.get(topic)?.partitions[partition]) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const isTooLarge = Buffer.byteLength(metadata) > MAX_METADATA_BYTES;
  return isTooLarge ? ErrorCode.OFFSET_METADATA_TOO_LARGE : ErrorCode.NONE;
}
