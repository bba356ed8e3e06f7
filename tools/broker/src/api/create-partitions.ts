import { ErrorCode, ProtocolError } from '../protocol/errors';
import { NODE_ID } from '../state';
import { type Api, NOT_THROTTLED } from './api';
import { outcomeOf } from './outcome';

/** API 37. */
export const createPartitions: Api = {
  key: 37,
  name: 'CreatePartitions',
  minVersion: 0,
  maxVersion: 1,
  handle({ body }, response, broker) {
    const requested = body.array(() => ({
      name: body.string(),
      count: body.int32(),
      assignments: body.nullableArray(() => body.array(() => body.int32())),
    }));
    body.int32(); // timeout
    const validateOnly = body.boolean();

    response.int32(NOT_THROTTLED);
    return response.array(requested, ({ name, count, assignments }) => {
      const { error, message } = outcomeOf(() => {
        broker.topics.checkGrowth(name, count);
        checkAssignments(assignments, count - broker.topics.require(name).partitions.length);
        if (!validateOnly) broker.topics.addPartitions(name, count);
      });
      response.string(name).int16(error).nullableString(message);
    });
  },
};

function checkAssignments(assignments: readonly number[][] | null, added: number): void {
  if (assignments === null) return;
  const isHere = assignments.every((brokers) => brokers.length === 1 && brokers[0] === NODE_ID);
  if (isHere && assignments.length === added) return;
  throw new ProtocolError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, 'not an assignment to broker 1');
}
