import { ErrorCode } from '../protocol/errors';
import { NODE_ID } from '../state';
import { type Api, NOT_THROTTLED } from './api';

const GROUP = 0;

/** API 10: where a group is looked after. Always here. */
export const findCoordinator: Api = {
  key: 10,
  name: 'FindCoordinator',
  minVersion: 0,
  maxVersion: 2,
  handle({ version, body, address }, response) {
    body.string(); // group id
    const keyType = version >= 1 ? body.int8() : GROUP;
    const isGroup = keyType === GROUP;
    if (version >= 1) response.int32(NOT_THROTTLED);
    response.int16(isGroup ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST);
    if (version >= 1) {
      response.nullableString(isGroup ? null : 'This broker has no transactions.');
    }
    if (!isGroup) return response.int32(-1).string('').int32(-1);
    return response.int32(NODE_ID).string(address.host).int32(address.port);
  },
};
