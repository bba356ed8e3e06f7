import type { Request, RequestHandler, Response } from 'express';
import { traceResponse } from '@quayside/telemetry';
import { v7 as uuidv7 } from 'uuid';

/** What a caller may choose as its request id: nothing that could forge a log line or a header. */
const acceptable = /^[\w.:-]{1,128}$/;

/** The id of a request: the caller's X-Request-Id when it is acceptable, else a new UUIDv7. */
export function requestId(response: Response): string {
  return String(response.getHeader('X-Request-Id'));
}

function chooseId(request: Request): string {
  const given = request.get('x-request-id');
  return given !== undefined && acceptable.test(given) ? given : uuidv7();
}

/** Names the request and its trace in the answer's headers, errors included. */
export const identifyRequest: RequestHandler = (request, response, next) => {
  response.setHeader('X-Request-Id', chooseId(request));
  const trace = traceResponse();
  // W3C Trace Context Level 2 draft, section "traceresponse".
  if (trace) response.setHeader('traceresponse', trace);
  next();
};
