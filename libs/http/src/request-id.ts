import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { traceResponse } from '@quayside/telemetry';
import { v7 as uuidv7 } from 'uuid';

/** What a caller may choose as its request id: nothing that could forge a log line or a header. */
const acceptable = /^[\w.:-]{1,128}$/;

/** The id of a request: the caller's X-Request-Id when it is acceptable, else a new UUIDv7. */
export function requestId(response: Response): string {
  return String(response.getHeader('X-Request-Id'));
}

/** Names the request in its answer's headers. */
export function nameRequest({ headers }: IncomingMessage, response: ServerResponse): void {
  const given = headers['x-request-id'];
  const known = typeof given === 'string' && acceptable.test(given);
  response.setHeader('X-Request-Id', known ? given : uuidv7());
}

/** Names the request and its trace in the answer's headers, errors included. */
export const identifyRequest: RequestHandler = (request, response, next) => {
  nameRequest(request, response);
  const trace = traceResponse();
  // W3C Trace Context Level 2 draft, section "traceresponse".
  if (trace) response.setHeader('traceresponse', trace);
  next();
};
