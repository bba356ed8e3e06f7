import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QuaysideError } from '@quayside/errors';
import { unrecordedTrace } from '@quayside/telemetry';
import { allowReading } from './cors';
import { sendProblem } from './problems';
import { nameRequest } from './request-id';
import { createMeasure } from './route-metrics';

/** A body that is thrown away while its connection is kept: as much as one that would be read (bytes). */
const KEPT_BODY = 64 * 1024;

const isLong = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > KEPT_BODY;

/**
 * Answers with `error` a request for which nothing else is done: it is named and counted, and pages of `origins` may
 * read why. For `admit` of a server: a quarter of what an Express app with tracing does for an error (docs/performance.md).
 */
export function turnAwayWith(error: QuaysideError, origins: readonly string[] = []) {
  const measure = createMeasure();
  const allow = allowReading(origins);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { traceId, traceResponse } = unrecordedTrace();
    measure(request, response);
    nameRequest(request, response);
    allow(request, response);
    response.setHeader('traceresponse', traceResponse);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (isLong(request)) response.setHeader('Connection', 'close');
    sendProblem(response, error, traceId);
  };
}
