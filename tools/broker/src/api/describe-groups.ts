import { defineApi } from './api';

/** State and members of groups. A group that does not exist is called "Dead". */
export const describeGroups = defineApi(15, 'DescribeGroups', [0, 4], {
  request: 'groups:[string] includeOperations@3+:bool',
  response: `throttleMs@1+:int32 groups:[ error:int16 id:string state:string
    protocolType:string protocol:string members:[ memberId:string instanceId@4+:?string
    clientId:string clientHost:string metadata:bytes assignment:bytes ]
    operations@3+:int32=-2147483648 ]`,
  handle: ({ groups }, { broker }) => ({
    groups: groups.map((id) => ({ id, ...broker.groups.find(id).describe() })),
  }),
});
