import type { OutboxEvent } from '@quayside/messaging';
import type { Profile } from '../store/profiles';

type Announced = Pick<Profile, 'userId' | 'handle' | 'displayName'>;

function announce<T extends 'quayside.users.v1.UserCreated' | 'quayside.users.v1.UserUpdated'>(
  type: T,
  { userId, handle, displayName }: Announced,
): OutboxEvent<T> {
  return { type, key: userId, subject: userId, payload: { userId, handle, displayName } };
}

/** A profile exists and its handle is confirmed. */
export const userCreated = (profile: Announced): OutboxEvent<'quayside.users.v1.UserCreated'> =>
  announce('quayside.users.v1.UserCreated', profile);

/** A profile has changed; carries the whole new state. */
export const userUpdated = (profile: Announced): OutboxEvent<'quayside.users.v1.UserUpdated'> =>
  announce('quayside.users.v1.UserUpdated', profile);
