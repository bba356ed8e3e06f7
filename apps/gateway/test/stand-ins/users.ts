import { QuaysideError } from '@quayside/errors';
import type { Method } from './stand-in';
import { moment, type World } from './world';

/** Handles and profiles; a profile is there as soon as the identity is. */
export function usersMethods(world: World): Record<string, Method> {
  const profileOf = (userId: string) => {
    const person = world.people.get(userId);
    if (!person) throw new QuaysideError('not_found', 'There is no profile yet.');
    const { handle, displayName } = person;
    return { userId, handle, displayName, createdAt: moment, updatedAt: moment };
  };
  return {
    ReserveHandle({ userId, handle }: { userId: string; handle: string }) {
      const owner = world.handles.get(handle);
      if (owner !== undefined && owner !== userId)
        throw new QuaysideError('handle_taken', 'That handle is taken.');
      world.handles.set(handle, userId);
      return { expiresAt: moment };
    },
    ReleaseHandle({ userId }: { userId: string }) {
      for (const [handle, owner] of world.handles) {
        if (owner === userId && !world.people.has(userId)) world.handles.delete(handle);
      }
      return {};
    },
    GetProfile: (_request, context) => ({ profile: profileOf(context.userId()) }),
    UpdateProfile({ displayName }: { displayName?: string }, context) {
      const person = world.people.get(context.userId());
      if (person && displayName !== undefined) person.displayName = displayName;
      return { profile: profileOf(context.userId()) };
    },
    FindUser({ userId, handle }: { userId: string; handle: string }) {
      const { displayName, ...found } = profileOf(
        userId === '' ? (world.handles.get(handle) ?? '') : userId,
      );
      return { userId: found.userId, handle: found.handle, displayName, createdAt: moment };
    },
    FindByHandle({ handle }: { handle: string }) {
      const { displayName } = profileOf(world.handles.get(handle) ?? '');
      return { user: { handle, displayName } };
    },
  };
}
