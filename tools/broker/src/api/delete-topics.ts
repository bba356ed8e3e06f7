import { defineApi, outcomeOf } from './api';

/** Deletes topics. Committed offsets of a topic go with it. */
export const deleteTopics = defineApi(20, 'DeleteTopics', [0, 3], {
  request: 'names:[string] timeoutMs:int32',
  response: 'throttleMs@1+:int32 topics:[ name:string error:int16 ]',
  handle: ({ names }, { broker }) => ({
    topics: [...new Set(names)].map((name) => ({
      name,
      ...outcomeOf(() => {
        broker.topics.delete(name);
        broker.groups.offsets.forget({ topic: name });
      }),
    })),
  }),
});
