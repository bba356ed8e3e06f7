import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

/** API 9: a group's committed positions; -1 where there is none. */
export const offsetFetch: Api = {
  key: 9,
  name: 'OffsetFetch',
  minVersion: 1,
  maxVersion: 5,
  handle({ version, body }, response, broker) {
    const group = body.string();
    const { offsets } = broker.groups;
    const asked = body.nullableArray(() => ({
      topic: body.string(),
      partitions: body.array(() => body.int32()),
    }));
    const topics = asked ?? everyTopic(offsets.ofGroup(group));

    if (version >= 3) response.int32(NOT_THROTTLED);
    response.array(topics, ({ topic, partitions }) => {
      response.string(topic).array(partitions, (partition) => {
        const committed = offsets.get(group, topic, partition);
        response.int32(partition).int64(committed?.offset ?? -1);
        if (version >= 5) response.int32(committed?.leaderEpoch ?? -1);
        response.nullableString(committed?.metadata ?? '').int16(ErrorCode.NONE);
      });
    });
    return version >= 2 ? response.int16(ErrorCode.NONE) : response;
  },
};

function everyTopic(committed: readonly { topic: string; partition: number }[]) {
  return [...new Set(committed.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: committed.filter((one) => one.topic === topic).map(({ partition }) => partition),
  }));
}
