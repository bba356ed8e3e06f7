import { defineApi } from './api';

/** All groups that have members or committed offsets. */
export const listGroups = defineApi(16, 'ListGroups', [0, 2], {
  request: '',
  response: 'throttleMs@1+:int32 error:int16 groups:[ id:string protocolType:string ]',
  handle: (_, { broker }) => ({ groups: broker.groups.all() }),
});
