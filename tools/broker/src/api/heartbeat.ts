import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

/** API 12: a member is alive; error 27 tells it to join again. */
export const heartbeat: Api = {
  key: 12,
  name: 'Heartbeat',
  minVersion: 0,
  maxVersion: 3,
  handle({ version, body }, response, broker) {
    const group = broker.groups.find(body.string());
    const generation = body.int32();
    const memberId = body.string();
    if (version >= 1) response.int32(NOT_THROTTLED);
    return response.int16(group?.heartbeat(memberId, generation) ?? ErrorCode.UNKNOWN_MEMBER_ID);
  },
};
