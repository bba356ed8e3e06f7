import { defineApi } from './api';

/** First half of a rebalance. Answered when the new generation begins. */
export const joinGroup = defineApi(11, 'JoinGroup', [0, 5], {
  // The instance id is of no use here: see "Limits" in the README.
  request: `group:string sessionTimeoutMs:int32 rebalanceTimeoutMs@1+:int32 memberId:string
    instanceId@5+:?string protocolType:string protocols:[ name:string metadata:bytes ]`,
  response: `throttleMs@2+:int32 error:int16 generation:int32=-1 protocol:string leader:string
    memberId:string members:[ memberId:string instanceId@5+:?string metadata:bytes ]`,
  handle({ group, protocols, ...request }, { version, clientId, clientHost, broker }) {
    return broker.groups.join(group, {
      ...request,
      clientId,
      clientHost,
      rebalanceTimeoutMs: version >= 1 ? request.rebalanceTimeoutMs : request.sessionTimeoutMs,
      // A copy: the member outlives the request, and a slice would keep its whole frame in memory.
      protocols: protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
      requireKnownMemberId: version >= 4,
    });
  },
});
