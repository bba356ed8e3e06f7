import { refuse } from '../protocol/errors';
import { defineApi, outcomesOf } from './api';

const HIGH_WATERMARK = -1;

/** Moves the start of partitions forward. */
export const deleteRecords = defineApi(21, 'DeleteRecords', [0, 1], {
  request: 'topics:[ name:string partitions:[ index:int32 offset:int64 ] ] timeoutMs:int32',
  response: `throttleMs:int32
    topics:[ name:string partitions:[ index:int32 lowWatermark:int64=-1 error:int16 ] ]`,
  handle: ({ topics }, { broker }) => ({
    topics: outcomesOf(topics, (topic, { index, offset }) => {
      const log = broker.topics.partition(topic, index);
      if (!log.config().delete) refuse('POLICY_VIOLATION', 'a compacted topic');
      const target = offset === HIGH_WATERMARK ? log.endOffset : offset;
      const isThere = target >= 0 && target <= log.endOffset;
      if (!isThere) refuse('OFFSET_OUT_OF_RANGE', `offset ${offset}`);
      log.advanceStart(target);
      return { lowWatermark: log.logStartOffset };
    }),
  }),
});
