import { QuaysideError } from '@quayside/errors';

const MAX_LENGTH = 80;

/** A display name, trimmed. Throws invalid_request outside 1 to 80 characters, or with control characters. */
export function checkedDisplayName(text: string): string {
  const name = text.trim();
  const length = Array.from(name).length;
  if (length >= 1 && length <= MAX_LENGTH && !/\p{Cc}/u.test(name)) return name;
  throw new QuaysideError('invalid_request', 'The display name is not valid.', {
    fields: [
      {
        path: '/displayName',
        message: `must have 1 to ${MAX_LENGTH} characters, no control characters`,
      },
    ],
  });
}
