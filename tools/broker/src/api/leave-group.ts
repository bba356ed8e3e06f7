import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

/** API 13: members leave at once instead of by session timeout. */
export const leaveGroup: Api = {
  key: 13,
  name: 'LeaveGroup',
  minVersion: 0,
  maxVersion: 3,
  handle({ version, body }, response, broker) {
    const group = broker.groups.find(body.string());
    const leave = (memberId: string): ErrorCode =>
      group?.leave(memberId) ?? ErrorCode.UNKNOWN_MEMBER_ID;
    if (version < 3) {
      const error = leave(body.string());
      if (version >= 1) response.int32(NOT_THROTTLED);
      return response.int16(error);
    }
    const members = body.array(() => ({ id: body.string(), instance: body.nullableString() }));
    response.int32(NOT_THROTTLED).int16(ErrorCode.NONE);
    return response.array(members, ({ id, instance }) => {
      response.string(id).nullableString(instance).int16(leave(id));
    });
  },
};
