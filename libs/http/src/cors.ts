import type { IncomingMessage, ServerResponse } from 'node:http';
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

/** Lets a page read the answer, if it is of one of the origins. Returns whether it is. */
export type AllowReading = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Headers for pages of these origins, and no others; without any there is no CORS at all. */
export function allowReading(origins: readonly string[]): AllowReading {
  const allowed = new Set(origins);
  return ({ headers: { origin } }, response) => {
    if (allowed.size === 0) return false;
    response.setHeader('Vary', 'Origin');
    if (origin === undefined || !allowed.has(origin)) return false;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', ANSWER_HEADERS);
    return true;
  };
}

/** Whether a browser asks what a page may send (a CORS preflight). */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

/** Lets pages of these origins call. No cookies are used, so credentials are not allowed. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allow = allowReading(origins);
  return (request, response, next) => {
    if (!allow(request, response) || !isPreflight(request)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
    response.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS);
    response.status(204).end();
  };
}
