import { QuaysideError } from '@quayside/errors';

// RFC 5321 4.5.3.1.3: a path of 256 octets, less its angle brackets.
const MAX_LENGTH = 254;
// Only what is certainly not an address is refused; whether mail arrives, only sending mail can tell.
const SHAPE = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The form in which two addresses are compared: without regard to case, one Unicode form. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** The address as written, trimmed. Throws invalid_request for what cannot be an address. */
export function checkedEmail(email: string): string {
  const trimmed = email.trim();
  if (trimmed.length <= MAX_LENGTH && SHAPE.test(trimmed)) return trimmed;
  throw new QuaysideError('invalid_request', 'The e-mail address is not valid.', {
    fields: [{ path: '/email', message: 'must be an e-mail address of at most 254 characters' }],
  });
}
