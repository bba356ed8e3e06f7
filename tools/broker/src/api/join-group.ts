import type { Api } from './api';
import { NOT_THROTTLED } from './api';

/** API 11: first half of a rebalance. Answered when the new generation begins. */
export const joinGroup: Api = {
  key: 11,
  name: 'JoinGroup',
  minVersion: 0,
  maxVersion: 5,
  async handle({ version, body, clientId, clientHost }, response, broker) {
    const group = body.string();
    const sessionTimeoutMs = body.int32();
    const rebalanceTimeoutMs = version >= 1 ? body.int32() : sessionTimeoutMs;
    const memberId = body.string();
    if (version >= 5) body.nullableString(); // group instance id: see "Limits" in the README
    const protocolType = body.string();
    const protocols = body.array(() => ({ name: body.string(), metadata: keep(body.bytes()) }));

    const answer = await broker.groups.join(group, {
      memberId,
      clientId,
      clientHost,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      protocolType,
      protocols,
      requireKnownMemberId: version >= 4,
    });

    if (version >= 2) response.int32(NOT_THROTTLED);
    response.int16(answer.error).int32(answer.generation).string(answer.protocol);
    response.string(answer.leader).string(answer.memberId);
    return response.array(answer.members, ({ id, metadata }) => {
      response.string(id);
      if (version >= 5) response.nullableString(null);
      response.bytes(metadata);
    });
  },
};

// A copy, since the member outlives the request and a slice would keep the whole frame in memory.
function keep(bytes: Buffer): Buffer {
  return Buffer.from(bytes);
}
