import { defineApi } from './api';

/** Forgets groups without members, and their committed offsets. */
export const deleteGroups = defineApi(42, 'DeleteGroups', [0, 1], {
  request: 'groups:[string]',
  response: 'throttleMs:int32 groups:[ id:string error:int16 ]',
  handle: ({ groups }, { broker }) => ({
    groups: groups.map((id) => ({ id, error: broker.groups.delete(id) })),
  }),
});
