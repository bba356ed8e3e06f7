import { QuaysideError } from '@quayside/errors';

const HANDLE = /^[a-z][a-z0-9_]{2,29}$/;
const MAX_LENGTH = 30;
// Hex digits of the user id's random end; each longer suffix is tried when the shorter one is taken.
const SUFFIX_LENGTHS = [8, 12, 16, 20, 24];

/** Whether a text has the form of a handle: 3 to 30 of a-z, 0-9 and underscore, a letter first. */
export function isHandle(text: string): boolean {
  return HANDLE.test(text);
}

/** The handle itself. Throws invalid_request for what is none. */
export function checkedHandle(handle: string): string {
  if (isHandle(handle)) return handle;
  throw new QuaysideError('invalid_request', 'The handle is not valid.', {
    fields: [
      { path: '/handle', message: 'must be 3 to 30 of a-z, 0-9 and underscore, a letter first' },
    ],
  });
}

/**
 * The handles to try, in order, for a user who signed up with `handle`: that one, and when it was lost to
 * another user meanwhile, the same with an end taken from the user id. The same user gets the same ones.
 */
export function handleCandidates(handle: string, userId: string): string[] {
  const digits = userId.replaceAll('-', '').toLowerCase();
  const suffixed = SUFFIX_LENGTHS.map((length) => {
    const suffix = `_${digits.slice(-length)}`;
    return handle.slice(0, MAX_LENGTH - suffix.length) + suffix;
  });
  return [handle, ...suffixed];
}
