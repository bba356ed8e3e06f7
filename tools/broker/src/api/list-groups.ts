import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

/** API 16. */
export const listGroups: Api = {
  key: 16,
  name: 'ListGroups',
  minVersion: 0,
  maxVersion: 2,
  handle({ version }, response, broker) {
    if (version >= 1) response.int32(NOT_THROTTLED);
    return response.int16(ErrorCode.NONE).array(broker.groups.ids(), (id) => {
      response.string(id).string(broker.groups.find(id)?.protocolType ?? '');
    });
  },
};
