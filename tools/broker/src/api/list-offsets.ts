import { LEADER_EPOCH } from '../log/partition-log';
import { defineApi, outcomesOf } from './api';

const LATEST = -1;
const EARLIEST = -2;

/** The first or next offset of a partition, or the first one at or after a time. */
export const listOffsets = defineApi(2, 'ListOffsets', [1, 5], {
  request: `replicaId:int32 isolationLevel@2+:int8 topics:[ name:string partitions:[
    index:int32 leaderEpoch@4+:int32=-1 timestamp:int64 ] ]`,
  response: `throttleMs@2+:int32 topics:[ name:string partitions:[ index:int32 error:int16
    timestamp:int64=-1 offset:int64=-1 leaderEpoch@4+:int32=-1 ] ]`,
  handle: ({ topics }, { broker }) => ({
    topics: outcomesOf(topics, (topic, { index, leaderEpoch, timestamp }) => {
      const log = broker.topics.partition(topic, index, leaderEpoch);
      if (timestamp === LATEST) return { offset: log.endOffset, leaderEpoch: LEADER_EPOCH };
      if (timestamp === EARLIEST) return { offset: log.logStartOffset, leaderEpoch: LEADER_EPOCH };
      const found = log.firstAtOrAfter(timestamp);
      return found && { ...found, leaderEpoch: LEADER_EPOCH };
    }),
  }),
});
