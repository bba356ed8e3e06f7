import { toTimestamp, type users } from '@quayside/contracts';
import type { Database } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { checkedDisplayName } from '../display-name';
import { userUpdated } from '../events/user-events';
import { isHandle } from '../handle';
import {
  findProfile,
  findProfileByHandle,
  updateDisplayName,
  type Profile,
} from '../store/profiles';

/** The caller's own profile. */
export async function getProfile(
  database: Database,
  context: CallContext,
): Promise<users.GetProfileResponse> {
  const profile = await findProfile(database, context.userId(), context.deadline);
  return { profile: onTheWire(found(profile)) };
}

/** Changes the fields that are set; with none, the profile as it is. Two changes at once: the later wins. */
export async function updateProfile(
  database: Database,
  request: users.UpdateProfileRequest__Output,
  context: CallContext,
): Promise<users.UpdateProfileResponse> {
  if (request.displayName === undefined) return getProfile(database, context);
  const displayName = checkedDisplayName(request.displayName);
  const profile = await database.transaction(
    async (tx) => {
      const updated = found(await updateDisplayName(tx, context.userId(), displayName));
      await appendToOutbox(tx, userUpdated(updated));
      return updated;
    },
    { deadline: context.deadline },
  );
  return { profile: onTheWire(profile) };
}

/** What anyone signed in may see of another user. */
export async function findByHandle(
  database: Database,
  { handle }: users.FindByHandleRequest__Output,
  { deadline }: CallContext,
): Promise<users.FindByHandleResponse> {
  const profile = isHandle(handle)
    ? await findProfileByHandle(database, handle, deadline)
    : undefined;
  if (!profile) throw new QuaysideError('not_found', 'There is no user with this handle.');
  return { user: { handle: profile.handle, displayName: profile.displayName } };
}

function found(profile: Profile | undefined): Profile {
  if (profile) return profile;
  // Shortly after sign-up this is normal: the event is on its way.
  throw new QuaysideError(
    'not_found',
    'There is no profile yet; it is made shortly after sign-up.',
  );
}

function onTheWire(profile: Profile): users.Profile {
  return {
    userId: profile.userId,
    handle: profile.handle,
    displayName: profile.displayName,
    createdAt: toTimestamp(profile.createdAt),
    updatedAt: toTimestamp(profile.updatedAt),
  };
}
