import { QuaysideError } from '@quayside/errors';
import { validate, version } from 'uuid';

/** A user id in lower case. Throws invalid_request unless it is a UUIDv7. */
export function checkedUserId(userId: string): string {
  if (validate(userId) && version(userId) === 7) return userId.toLowerCase();
  throw new QuaysideError('invalid_request', 'The user id is not valid.', {
    fields: [{ path: '/userId', message: 'must be a UUIDv7' }],
  });
}
