import { type Api, NOT_THROTTLED } from './api';

/** API 42: forgets groups without members and their committed offsets. */
export const deleteGroups: Api = {
  key: 42,
  name: 'DeleteGroups',
  minVersion: 0,
  maxVersion: 1,
  handle({ body }, response, broker) {
    const ids = body.array(() => body.string());
    return response.int32(NOT_THROTTLED).array(ids, (id) => {
      response.string(id).int16(broker.groups.delete(id));
    });
  },
};
