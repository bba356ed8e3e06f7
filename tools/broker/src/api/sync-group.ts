import { defineApi } from './api';

/** Second half of a rebalance. The leader brings the assignment, everyone gets their part. */
export const syncGroup = defineApi(14, 'SyncGroup', [0, 3], {
  request: `group:string generation:int32 memberId:string instanceId@3+:?string
    assignments:[ memberId:string assignment:bytes ]`,
  response: 'throttleMs@1+:int32 error:int16 assignment:bytes',
  handle({ group, generation, memberId, assignments }, { broker }) {
    // Copies, for the reason given in join-group.ts.
    const byMember = assignments.map((one) => [one.memberId, Buffer.from(one.assignment)] as const);
    return broker.groups.find(group).sync(memberId, generation, new Map(byMember));
  },
});
