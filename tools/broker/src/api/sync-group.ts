import { syncError } from '../group/member';
import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

/** API 14: second half of a rebalance. The leader brings the assignment, everyone gets their part. */
export const syncGroup: Api = {
  key: 14,
  name: 'SyncGroup',
  minVersion: 0,
  maxVersion: 3,
  async handle({ version, body }, response, broker) {
    const group = broker.groups.find(body.string());
    const generation = body.int32();
    const memberId = body.string();
    if (version >= 3) body.nullableString(); // group instance id
    const assignments = new Map(
      body.array((): [string, Buffer] => [body.string(), Buffer.from(body.bytes())]),
    );
    const answer = group
      ? await group.sync(memberId, generation, assignments)
      : syncError(ErrorCode.UNKNOWN_MEMBER_ID);
    if (version >= 1) response.int32(NOT_THROTTLED);
    return response.int16(answer.error).bytes(answer.assignment);
  },
};
