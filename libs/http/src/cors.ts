import type { RequestHandler } from 'express';

const METHODS = 'GET, POST, PATCH, PUT, DELETE';
/** What our own API reads from requests. */
const REQUEST_HEADERS =
  'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Prefer, X-Request-Id';
/** What scripts of the page may read from answers. */
const ANSWER_HEADERS =
  'Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, traceresponse, X-Request-Id';
/** How long a browser may remember the answer to its question, in seconds: two hours, which is what Chromium takes at most. */
const MAX_AGE_SECONDS = '7200';

/**
 * Lets pages of these origins call, and no others; without any there is no CORS at all. No cookies are used, so
 * credentials are not allowed.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin === undefined || !allowed.has(origin)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', ANSWER_HEADERS);
    const asks = request.headers['access-control-request-method'] !== undefined;
    if (request.method !== 'OPTIONS' || !asks) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
    response.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS);
    response.status(204).end();
  };
}
