import { type Api, NOT_THROTTLED } from './api';
import { outcomeOf } from './outcome';

/** API 20. Committed offsets of the topic go with it. */
export const deleteTopics: Api = {
  key: 20,
  name: 'DeleteTopics',
  minVersion: 0,
  maxVersion: 3,
  handle({ version, body }, response, broker) {
    const names = [...new Set(body.array(() => body.string()))];
    if (version >= 1) response.int32(NOT_THROTTLED);
    return response.array(names, (name) => {
      const { error } = outcomeOf(() => {
        broker.topics.delete(name);
        broker.groups.offsets.forgetTopic(name);
      });
      response.string(name).int16(error);
    });
  },
};
