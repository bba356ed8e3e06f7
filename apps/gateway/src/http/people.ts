import type { Downstream } from '../downstream';
import type { UserOperation } from './operation';
import { present, profileToJson } from './wire';

/** Profiles: one's own, and what others may see. */
export function peopleOperations({ users }: Downstream) {
  return {
    async getOwnProfile(_request, response, caller) {
      const { profile } = await users.GetProfile({}, { caller });
      response.json(profileToJson(present(profile, 'the profile')));
    },

    async updateOwnProfile(request, response, caller) {
      const { displayName } = request.body as { displayName?: string };
      const { profile } = await users.UpdateProfile({ displayName }, { caller });
      response.json(profileToJson(present(profile, 'the profile')));
    },

    async findUser(request, response, caller) {
      const { handle } = request.params as { handle: string };
      const { user } = await users.FindByHandle({ handle: handle.toLowerCase() }, { caller });
      const found = present(user, 'the user');
      response.json({ handle: found.handle, displayName: found.displayName });
    },
  } satisfies Record<string, UserOperation>;
}
