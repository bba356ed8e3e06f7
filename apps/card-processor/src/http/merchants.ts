import { createHash, timingSafeEqual } from 'node:crypto';
import { QuaysideError } from '@quayside/errors';
import type { RequestHandler } from 'express';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets in who sends the key; compared in constant time, over digests, which are of one length. */
export function onlyMerchants(apiKey: string): RequestHandler {
  const wanted = digest(`Bearer ${apiKey}`);
  return (request, _response, next) => {
    if (timingSafeEqual(digest(request.get('authorization') ?? ''), wanted)) next();
    else next(new QuaysideError('unauthenticated', 'Send your key: Authorization: Bearer <key>.'));
  };
}
