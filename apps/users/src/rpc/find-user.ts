import { toTimestamp, type users } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { validate } from 'uuid';
import { isHandle } from '../handle';
import { findUser } from '../store/erasures';

/** Any user, for an operator; also who was erased, as far as anything is left of them. */
export async function findAnyUser(
  database: Database,
  request: users.FindUserRequest__Output,
  { deadline }: CallContext,
): Promise<users.FindUserResponse> {
  // What is no id and no handle is nobody's.
  const userId = validate(request.userId) ? request.userId : null;
  const handle = request.userId === '' && isHandle(request.handle) ? request.handle : null;
  const found = await findUser(database, { userId, handle }, deadline);
  if (!found) throw new QuaysideError('not_found', 'There is no such user.');
  const { createdAt, erasedAt } = found;
  return {
    userId: found.userId,
    handle: found.handle ?? '',
    displayName: found.displayName ?? '',
    createdAt: createdAt && toTimestamp(createdAt),
    erasedAt: erasedAt && toTimestamp(erasedAt),
  };
}
