import { defineApi } from './api';

/** A member is alive; error 27 tells it to join again. */
export const heartbeat = defineApi(12, 'Heartbeat', [0, 3], {
  request: 'group:string generation:int32 memberId:string instanceId@3+:?string',
  response: 'throttleMs@1+:int32 error:int16',
  handle: ({ group, generation, memberId }, { broker }) => ({
    error: broker.groups.find(group).heartbeat(memberId, generation),
  }),
});
