import { QuaysideError } from '@quayside/errors';

const invalid = (path: string, message: string) =>
  new QuaysideError('invalid_request', `The request is not valid: ${path} ${message}.`, {
    fields: [{ path, message }],
  });

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
  throw invalid(path, `must have ${min} to ${max} characters, none of them NUL`);
}

/** An idempotency key. Throws QuaysideError `invalid_request` for what cannot be one. */
export const checkedKey = (key: string): string =>
  checkedText(key, { path: '/idempotencyKey', min: 1, max: 255 });

/** The card processor's tokens, as openapi.yaml has them. A processor with others changes both places. */
const CARD_TOKEN = /^tok_[A-Za-z0-9_-]{1,196}$/;

/**
 * The token of a card; empty: none. Throws QuaysideError `invalid_request` for anything else, without repeating it: it
 * may be the number of somebody's card, which must get no further than this.
 */
export function checkedCardToken(text: string): string {
  if (text === '' || CARD_TOKEN.test(text)) return text;
  throw invalid('/cardToken', 'must be a token of the card processor (tok_...), never a number');
}
