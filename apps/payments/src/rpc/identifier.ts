import { QuaysideError } from '@quayside/errors';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text is an id. */
export const isId = (text: string): boolean => UUID.test(text);

/** An id from the wire, in small letters. What is no id names nothing: throws QuaysideError `not_found`. */
export function existingId(id: string, what: string): string {
  if (isId(id)) return id.toLowerCase();
  throw notFound(what);
}

/** Nothing of this kind that the caller may see. */
export const notFound = (what: string): QuaysideError =>
  new QuaysideError('not_found', `There is no such ${what}.`);
