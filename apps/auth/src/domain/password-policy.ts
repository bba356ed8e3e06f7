import { QuaysideError } from '@quayside/errors';

/** Fewest characters of a password. */
export const MIN_PASSWORD_LENGTH = 12;
/** Most characters of a password; also bounds the work of hashing it. */
export const MAX_PASSWORD_LENGTH = 256;

/** The form that is hashed: NFC, so that one password typed on two keyboards is one (RFC 8265 4.2). */
export function normalisePassword(password: string): string {
  return password.normalize('NFC');
}

/** Whether a password is short enough to be hashed at all; a longer one was never accepted. */
export function isHashable(password: string): boolean {
  // Two UTF-16 units a character at most: keeps the exact count below off very long input.
  return password.length <= 2 * MAX_PASSWORD_LENGTH && characters(password) <= MAX_PASSWORD_LENGTH;
}

/**
 * A new password in the form to hash. Length alone is asked for, no mixture of kinds (NIST SP 800-63B).
 * Throws invalid_request outside 12 to 256 characters, naming the field.
 */
export function checkedPassword(password: string, path = '/password'): string {
  const normalised = normalisePassword(password);
  if (isHashable(normalised) && characters(normalised) >= MIN_PASSWORD_LENGTH) return normalised;
  const rule = `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`;
  throw new QuaysideError('invalid_request', `The password ${rule}.`, {
    fields: [{ path, message: rule }],
  });
}

function characters(text: string): number {
  return Array.from(text).length;
}
