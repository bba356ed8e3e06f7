import type { CommittedOffset } from '../group/offset-store';
import { ErrorCode, refuse } from '../protocol/errors';
import { defineApi, outcomesOf } from './api';

// Kafka's offset.metadata.max.bytes.
const MAX_METADATA_BYTES = 4096;

/** Stores a group's positions, all of a request in one write. */
export const offsetCommit = defineApi(8, 'OffsetCommit', [0, 7], {
  request: `group:string generation@1+:int32=-1 memberId@1+:string instanceId@7+:?string
    retentionMs@2-4:int64 topics:[ name:string partitions:[ index:int32 offset:int64
    leaderEpoch@6+:int32=-1 timestamp@1-1:int64 metadata:?string ] ]`,
  response: `throttleMs@3+:int32
    topics:[ name:string partitions:[ index:int32 error:int16 ] ]`,
  handle({ group, memberId, generation, topics }, { broker }) {
    const error = broker.groups.find(group).checkCommit(memberId, generation);
    if (error !== ErrorCode.NONE) return { topics: outcomesOf(topics, () => ({ error })) };
    const accepted: CommittedOffset[] = [];
    const answers = outcomesOf(topics, (topic, { index, offset, leaderEpoch, metadata }) => {
      broker.topics.partition(topic, index);
      const note = metadata ?? '';
      if (Buffer.byteLength(note) > MAX_METADATA_BYTES) refuse('OFFSET_METADATA_TOO_LARGE', topic);
      accepted.push({ topic, partition: index, offset, leaderEpoch, metadata: note });
    });
    broker.groups.commit(group, accepted);
    return { topics: answers };
  },
});
