import { ErrorCode } from '../protocol/errors';
import { defineApi } from './api';

/** Members leave at once instead of by session timeout. */
export const leaveGroup = defineApi(13, 'LeaveGroup', [0, 3], {
  request: `group:string memberId@0-2:string
    members@3+:[ memberId:string instanceId:?string ]`,
  response: `throttleMs@1+:int32 error:int16
    members@3+:[ memberId:string instanceId:?string error:int16 ]`,
  handle({ group: id, memberId, members }, { version, broker }) {
    const group = broker.groups.find(id);
    const leave = (member: string): number => group?.leave(member) ?? ErrorCode.UNKNOWN_MEMBER_ID;
    if (version < 3) return { error: leave(memberId) };
    return { members: members.map((member) => ({ ...member, error: leave(member.memberId) })) };
  },
});
