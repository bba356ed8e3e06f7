import { QuaysideError } from '@quayside/errors';

/** The opaque cursor of the entries below `number`. */
export function encodeCursor(number: bigint): string {
  return Buffer.from(`a${number}`).toString('base64url');
}

/** The number in a cursor; undefined without one. Throws `invalid_request` for what is not our cursor. */
export function decodeCursor(cursor: string | undefined): bigint | undefined {
  if (cursor === undefined) return undefined;
  const number = /^a(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (number === undefined) {
    throw new QuaysideError('invalid_request', 'The cursor is not one that this list gave out.', {
      fields: [{ path: '/query/cursor', message: 'must be a nextCursor of this list' }],
    });
  }
  return BigInt(number);
}
