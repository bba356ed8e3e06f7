import { ErrorCode, ProtocolError } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';
import { outcomeOf } from './outcome';

const HIGH_WATERMARK = -1;

/** API 21: moves the start of partitions forward. */
export const deleteRecords: Api = {
  key: 21,
  name: 'DeleteRecords',
  minVersion: 0,
  maxVersion: 1,
  handle({ body }, response, broker) {
    const topics = body.array(() => ({
      name: body.string(),
      partitions: body.array(() => ({ index: body.int32(), offset: body.int64() })),
    }));
    return response.int32(NOT_THROTTLED).array(topics, ({ name, partitions }) => {
      response.string(name).array(partitions, ({ index, offset }) => {
        let lowWatermark = -1;
        const { error } = outcomeOf(() => {
          const log = broker.topics.partition(name, index);
          if (!log.config().delete) {
            throw new ProtocolError(ErrorCode.POLICY_VIOLATION, 'a compacted topic');
          }
          const target = offset === HIGH_WATERMARK ? log.endOffset : offset;
          if (target < 0 || target > log.endOffset) {
            throw new ProtocolError(ErrorCode.OFFSET_OUT_OF_RANGE, `offset ${offset}`);
          }
          log.advanceStart(target);
          lowWatermark = log.logStartOffset;
        });
        response.int32(index).int64(lowWatermark).int16(error);
      });
    });
  },
};
