import { defineApi } from './api';

/** Members leave at once instead of by session timeout. */
export const leaveGroup = defineApi(13, 'LeaveGroup', [0, 3], {
  request: `group:string memberId@0-2:string
    members@3+:[ memberId:string instanceId:?string ]`,
  response: `throttleMs@1+:int32 error:int16
    members@3+:[ memberId:string instanceId:?string error:int16 ]`,
  handle({ group: id, memberId, members }, { version, broker }) {
    const group = broker.groups.find(id);
    if (version < 3) return { error: group.leave(memberId) };
    return { members: members.map((one) => ({ ...one, error: group.leave(one.memberId) })) };
  },
});
