import { defineApi, outcomeOf, refuseAssignments } from './api';

/** Adds partitions to topics. */
export const createPartitions = defineApi(37, 'CreatePartitions', [0, 1], {
  request: `topics:[ name:string count:int32 assignments:?[ brokers:[int32] ] ] timeoutMs:int32
    validateOnly:bool`,
  response: 'throttleMs:int32 topics:[ name:string error:int16 message:?string ]',
  handle: ({ topics, validateOnly }, { broker }) => ({
    topics: topics.map(({ name, count, assignments }) => ({
      name,
      ...outcomeOf(() => {
        refuseAssignments(assignments);
        broker.topics.grow(name, count, validateOnly);
      }),
    })),
  }),
});
