import { toTimestamp, type users } from '@quayside/contracts';
import { isUniqueViolation, type Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { checkedDisplayName } from '../display-name';
import { checkedHandle } from '../handle';
import { releaseHandles, reserveHandle, type Reservation } from '../store/handles';
import { checkedUserId } from '../user-id';

/** Holds a handle for a user who is about to register. */
export async function reserve(
  database: Database,
  seconds: number,
  request: users.ReserveHandleRequest__Output,
  { deadline }: CallContext,
): Promise<users.ReserveHandleResponse> {
  const wish = {
    userId: checkedUserId(request.userId),
    handle: checkedHandle(request.handle),
    displayName: request.displayName === undefined ? null : checkedDisplayName(request.displayName),
    seconds,
  };
  const reservation = await database
    .transaction((tx) => reserveHandle(tx, wish), { deadline })
    .catch(refuseSecondHandle);
  const displayNameKept = reservation.kind === 'reserved' && wish.displayName !== null;
  return { expiresAt: expiry(reservation), displayNameKept };
}

/** Lets go of what a user has reserved and not made their own. */
export async function release(
  database: Database,
  request: users.ReleaseHandleRequest__Output,
  { deadline }: CallContext,
): Promise<users.ReleaseHandleResponse> {
  const userId = checkedUserId(request.userId);
  await database.transaction((tx) => releaseHandles(tx, userId), { deadline });
  return {};
}

function expiry(reservation: Reservation): ReturnType<typeof toTimestamp> | null {
  switch (reservation.kind) {
    case 'reserved':
      return toTimestamp(reservation.until);
    case 'confirmed':
      // It is the user's own for good.
      return null;
    case 'taken':
      throw new QuaysideError('handle_taken', 'This handle belongs to someone else.');
    case 'user has another':
      throw new QuaysideError('handle_taken', 'This user has a handle, which never changes.');
  }
}

// Two different handles for one user at the same moment: the other one came first.
function refuseSecondHandle(error: unknown): never {
  if (isUniqueViolation(error, 'handles_one_per_user')) {
    throw new QuaysideError('conflict', 'Another handle is being reserved for this user.', {
      cause: error,
    });
  }
  throw error;
}
