import type { auth, users } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { UserCaller } from '@quayside/identity';
import type { Downstream } from '../../downstream';
import type { UserOperation } from '../operation';
import { timeToJson } from '../wire';
import type { OnTheRecord } from './on-the-record';

/** By what a user is looked for; exactly one of them. */
interface Search {
  email?: string;
  handle?: string;
  userId?: string;
}

interface Found {
  identity: auth.FindIdentityResponse__Output | undefined;
  user: users.FindUserResponse__Output | undefined;
}

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/**
 * Finds a user for an operator. Of somebody who was erased users knows the handle still and auth nothing; of somebody who
 * has just signed up auth alone knows.
 */
export function searchUsers({
  auth,
  users,
  onTheRecord,
}: Pick<Downstream, 'auth' | 'users'> & { onTheRecord: OnTheRecord }): UserOperation {
  async function find(search: Search, caller: UserCaller): Promise<Found> {
    const identityOf = (wanted: auth.FindIdentityRequest) =>
      orUndefined(auth.FindIdentity(wanted, { caller }));
    const userOf = (wanted: users.FindUserRequest) =>
      orUndefined(users.FindUser(wanted, { caller }));
    const { email, handle, userId } = search;
    if (email !== undefined) {
      const identity = await identityOf({ email });
      return { identity, user: identity && (await userOf({ userId: identity.userId })) };
    }
    if (handle !== undefined) {
      const user = await userOf({ handle: handle.toLowerCase() });
      return { user, identity: user && (await identityOf({ userId: user.userId })) };
    }
    const [identity, user] = await Promise.all([identityOf({ userId }), userOf({ userId })]);
    return { identity, user };
  }

  return async (request, response, caller) => {
    const found = await find(request.body as Search, caller);
    const subjectUserId = found.identity?.userId ?? found.user?.userId;
    // Written down before it is handed out; whom it is about is known only now.
    const wanted = { action: 'find_user', ...(subjectUserId && { subjectUserId }) } as const;
    response.json(
      await onTheRecord(caller, wanted, () => Promise.resolve().then(() => toJson(found))),
    );
  };
}

function toJson({ identity, user }: Found) {
  const userId = identity?.userId ?? user?.userId;
  if (userId === undefined) throw new QuaysideError('not_found', 'There is no such user.');
  const registeredAt = identity?.createdAt ?? user?.createdAt;
  return {
    userId,
    email: identity?.email ?? null,
    role: identity?.role ?? null,
    handle: user?.handle ? user.handle : null,
    displayName: user?.displayName ? user.displayName : null,
    registeredAt: registeredAt ? timeToJson(registeredAt) : null,
    erasedAt: user?.erasedAt ? timeToJson(user.erasedAt) : null,
  };
}
