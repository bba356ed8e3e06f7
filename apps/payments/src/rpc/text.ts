import { QuaysideError } from '@quayside/errors';

/**
 * A text from the wire, as it came, if it has `min` to `max` characters (code points, as the OpenAPI document counts).
 * Throws QuaysideError `invalid_request`, also for a NUL: PostgreSQL cannot store one.
 */
export function checkedText(
  text: string,
  { path, min = 0, max }: { path: string; min?: number; max: number },
): string {
  const tooLong = text.length > max && Array.from(text).length > max;
  if (text.length >= min && !tooLong && !text.includes('\0')) return text;
  const message = `must have ${min} to ${max} characters, none of them NUL`;
  throw new QuaysideError('invalid_request', `The request is not valid: ${path} ${message}.`, {
    fields: [{ path, message }],
  });
}

/** An idempotency key. Throws QuaysideError `invalid_request` for what cannot be one. */
export const checkedKey = (key: string): string =>
  checkedText(key, { path: '/idempotencyKey', min: 1, max: 255 });
