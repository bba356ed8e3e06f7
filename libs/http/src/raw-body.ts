import type { IncomingMessage } from 'node:http';
import { QuaysideError } from '@quayside/errors';

const kept = new WeakMap<IncomingMessage, Buffer>();

/** Keeps the bytes of the bodies of these paths, as body-parser's `verify`, which gets them before they are parsed. */
export const keepRawBody =
  (paths: readonly string[]) =>
  (request: IncomingMessage, _response: unknown, bytes: Buffer): void => {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (paths.includes(path)) kept.set(request, bytes);
  };

/**
 * The body of a request as it came, byte by byte: what a signature is over. Throws QuaysideError `invalid_request` when
 * there was none, or when the app was not asked to keep those of its path (`rawBodies`).
 */
export function rawBodyOf(request: IncomingMessage): Buffer {
  const bytes = kept.get(request);
  if (bytes) return bytes;
  throw new QuaysideError('invalid_request', 'The request needs a body.');
}
