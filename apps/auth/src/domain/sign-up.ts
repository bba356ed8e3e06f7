import { QuaysideError } from '@quayside/errors';
import { validate, version } from 'uuid';

// The same rules as in users. They are asked here as well because a registered identity is announced by
// an event, and nobody is left to refuse it to.
const HANDLE = /^[a-z][a-z0-9_]{2,29}$/;
const MAX_DISPLAY_NAME_LENGTH = 80;

/** What the rest of the system is told of a new identity. */
export interface SignUp {
  userId: string;
  handle: string;
  displayName: string;
}

/** The same as it is announced: a display name that users has already is not sent through a topic, where nothing can be erased. */
export function announcedSignUp(signUp: SignUp, displayNameKept: boolean): SignUp {
  return displayNameKept ? { ...signUp, displayName: signUp.handle } : signUp;
}

/** A sign-up that can be announced, display name trimmed. Throws invalid_request, naming every wrong field. */
export function checkedSignUp({ userId, handle, displayName }: SignUp): SignUp {
  const name = displayName.trim();
  const length = Array.from(name).length;
  const fields = [
    ...(validate(userId) && version(userId) === 7
      ? []
      : [{ path: '/userId', message: 'must be a UUIDv7' }]),
    ...(HANDLE.test(handle)
      ? []
      : [
          {
            path: '/handle',
            message: 'must be 3 to 30 of a-z, 0-9 and underscore, a letter first',
          },
        ]),
    ...(length >= 1 && length <= MAX_DISPLAY_NAME_LENGTH && !/\p{Cc}/u.test(name)
      ? []
      : [{ path: '/displayName', message: 'must have 1 to 80 characters, no control characters' }]),
  ];
  if (fields.length > 0) {
    throw new QuaysideError('invalid_request', 'The sign-up is not valid.', { fields });
  }
  return { userId: userId.toLowerCase(), handle, displayName: name };
}
