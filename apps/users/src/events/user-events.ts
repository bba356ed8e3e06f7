import type { OutboxEvent } from '@quayside/messaging';
import type { Profile } from '../store/profiles';

type Announced = Pick<Profile, 'userId' | 'handle'>;

// Names are asked for, not announced: from a topic they could not be erased.
function announce<T extends 'quayside.users.v1.UserCreated' | 'quayside.users.v1.UserUpdated'>(
  type: T,
  { userId, handle }: Announced,
): OutboxEvent<T> {
  return { type, key: userId, subject: userId, payload: { userId, handle, displayName: '' } };
}

/** A profile exists and its handle is confirmed. */
export const userCreated = (profile: Announced): OutboxEvent<'quayside.users.v1.UserCreated'> =>
  announce('quayside.users.v1.UserCreated', profile);

/** A profile has changed. */
export const userUpdated = (profile: Announced): OutboxEvent<'quayside.users.v1.UserUpdated'> =>
  announce('quayside.users.v1.UserUpdated', profile);

/** A profile is gone. */
export const userErased = (userId: string): OutboxEvent<'quayside.users.v1.UserErased'> => ({
  type: 'quayside.users.v1.UserErased',
  key: userId,
  subject: userId,
  payload: { userId },
});
