import { LEADER_EPOCH, type PartitionLog } from '../log/partition-log';
import { type Api, NOT_THROTTLED } from './api';
import { checkLeaderEpoch } from './leader-epoch';
import { outcomeOf } from './outcome';

const LATEST = -1;
const EARLIEST = -2;
const NOT_FOUND = { offset: -1, timestamp: -1 };

/** API 2: the first or next offset of a partition, or the first one at or after a time. */
export const listOffsets: Api = {
  key: 2,
  name: 'ListOffsets',
  minVersion: 1,
  maxVersion: 5,
  handle({ version, body }, response, broker) {
    body.int32(); // replica id
    if (version >= 2) body.int8(); // isolation level: the same without transactions
    const topics = body.array(() => ({
      name: body.string(),
      partitions: body.array(() => ({
        index: body.int32(),
        leaderEpoch: version >= 4 ? body.int32() : -1,
        timestamp: body.int64(),
      })),
    }));

    if (version >= 2) response.int32(NOT_THROTTLED);
    return response.array(topics, ({ name, partitions }) => {
      response.string(name).array(partitions, ({ index, leaderEpoch, timestamp }) => {
        let found = NOT_FOUND;
        const { error } = outcomeOf(() => {
          const log = broker.topics.partition(name, index);
          checkLeaderEpoch(leaderEpoch);
          found = find(log, timestamp);
        });
        response.int32(index).int16(error).int64(found.timestamp).int64(found.offset);
        if (version >= 4) response.int32(found.offset < 0 ? -1 : LEADER_EPOCH);
      });
    });
  },
};

function find(log: PartitionLog, timestamp: number): typeof NOT_FOUND {
  if (timestamp === LATEST) return { offset: log.endOffset, timestamp: -1 };
  if (timestamp === EARLIEST) return { offset: log.logStartOffset, timestamp: -1 };
  return log.firstAtOrAfter(timestamp) ?? NOT_FOUND;
}
