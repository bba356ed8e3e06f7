import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

// Kafka's offset.metadata.max.bytes.
const MAX_METADATA_BYTES = 4096;

/** API 8: stores a group's positions, all of a request in one write. */
export const offsetCommit: Api = {
  key: 8,
  name: 'OffsetCommit',
  minVersion: 0,
  maxVersion: 7,
  handle({ version, body }, response, broker) {
    const group = body.string();
    const generation = version >= 1 ? body.int32() : -1;
    const memberId = version >= 1 ? body.string() : '';
    if (version >= 7) body.nullableString(); // group instance id
    if (version >= 2 && version <= 4) body.int64(); // retention time
    const offsets = body.array(() => {
      const topic = body.string();
      return body.array(() => {
        const partition = body.int32();
        const offset = body.int64();
        const leaderEpoch = version >= 6 ? body.int32() : -1;
        if (version === 1) body.int64(); // commit timestamp
        const metadata = body.nullableString() ?? '';
        return { topic, partition, offset, leaderEpoch, metadata };
      });
    });

    const errors = new Map(offsets.flat().map((offset) => [offset, check(offset)]));
    const accepted = offsets.flat().filter((offset) => errors.get(offset) === ErrorCode.NONE);
    const refusal = broker.groups.commit(group, memberId, generation, accepted);

    if (version >= 3) response.int32(NOT_THROTTLED);
    return response.array(
      offsets.filter((topic) => topic.length > 0),
      (partitions) => {
        response.string(partitions[0]?.topic ?? '').array(partitions, (offset) => {
          response.int32(offset.partition).int16(refusal || (errors.get(offset) ?? refusal));
        });
      },
    );

    function check(offset: { topic: string; partition: number; metadata: string }): ErrorCode {
      if (!broker.topics.get(offset.topic)?.partitions[offset.partition]) {
        return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      }
      const isTooLarge = Buffer.byteLength(offset.metadata) > MAX_METADATA_BYTES;
      return isTooLarge ? ErrorCode.OFFSET_METADATA_TOO_LARGE : ErrorCode.NONE;
    }
  },
};
