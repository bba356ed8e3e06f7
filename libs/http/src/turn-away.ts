import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QuaysideError } from '@quayside/errors';
import { allowReading } from './cors';
import { sendProblem } from './problems';
import { nameRequest } from './request-id';
import { createMeasure } from './route-metrics';

/**
 * Answers with `error` a request for which nothing else is done: it is named and counted, and pages of `origins` may
 * read why. For `admit` of a server: a quarter of what an Express app with tracing does for an error (docs/performance.md).
 */
export function turnAwayWith(error: QuaysideError, origins?: readonly string[]) {
  const measure = createMeasure();
  const allow = allowReading(origins);
  return (request: IncomingMessage, response: ServerResponse): void => {
    measure(request, response);
    nameRequest(request, response);
    allow(request, response);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    sendProblem(response, error);
  };
}
