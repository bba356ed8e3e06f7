import { metadataFor } from '../group/group';
import { ErrorCode } from '../protocol/errors';
import { type Api, NO_AUTHORIZED_OPERATIONS, NOT_THROTTLED } from './api';

/** API 15: state and members of groups. A group that does not exist is called "Dead". */
export const describeGroups: Api = {
  key: 15,
  name: 'DescribeGroups',
  minVersion: 0,
  maxVersion: 4,
  handle({ version, body }, response, broker) {
    const ids = body.array(() => body.string());
    if (version >= 3) body.boolean(); // include authorized operations
    if (version >= 1) response.int32(NOT_THROTTLED);
    return response.array(ids, (id) => {
      const group = broker.groups.find(id);
      const isStable = group?.state === 'Stable';
      response
        .int16(ErrorCode.NONE)
        .string(id)
        .string(group?.state ?? 'Dead');
      response.string(group?.protocolType ?? '').string(isStable ? group.protocol : '');
      response.array([...(group?.members.values() ?? [])], (member) => {
        response.string(member.memberId);
        if (version >= 4) response.nullableString(null);
        response.string(member.clientId).string(member.clientHost);
        response.bytes(isStable ? metadataFor(member, group.protocol) : Buffer.alloc(0));
        response.bytes(isStable ? member.assignment : Buffer.alloc(0));
      });
      if (version >= 3) response.int32(NO_AUTHORIZED_OPERATIONS);
    });
  },
};
