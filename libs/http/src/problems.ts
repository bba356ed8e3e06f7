import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { QuaysideError, toProblem } from '@quayside/errors';
import { STEP_UP_ACR } from '@quayside/identity';
import { childLogger, currentTraceId } from '@quayside/telemetry';
import { allowedMethods } from './allowed-methods';
import { fromHttpError, headersOf } from './http-errors';

const log = childLogger({ component: 'http' });

/** RFC 9470 section 3. */
const STEP_UP_CHALLENGE = `Bearer error="insufficient_user_authentication", acr_values="${STEP_UP_ACR}"`;

/** Headers that a status asks for: RFC 9110 15.5.2 (401), 10.2.3 (Retry-After). */
function headersFor(status: number, error: unknown): Record<string, string> {
  if (error instanceof QuaysideError && error.code === 'step_up_required') {
    return { 'WWW-Authenticate': STEP_UP_CHALLENGE };
  }
  if (status === 401) return { 'WWW-Authenticate': 'Bearer' };
  if (status === 429 || status === 503) {
    const known = error instanceof QuaysideError ? error.retryAfterSeconds : undefined;
    return { 'Retry-After': String(known ?? 1) };
  }
  return {};
}

/**
 * Answers with an error as `application/problem+json` (RFC 9457), with the id of its trace. What is not a
 * typed error becomes `internal` and tells nothing of its cause.
 */
export function sendProblem(
  response: ServerResponse,
  error: unknown,
  traceId = currentTraceId(),
): void {
  const problem = toProblem(fromHttpError(error), traceId);
  for (const [name, value] of Object.entries(headersFor(problem.status, error))) {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  }
  for (const [name, value] of Object.entries(headersOf(error))) response.setHeader(name, value);
  const body = Buffer.from(JSON.stringify(problem));
  response.statusCode = problem.status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

function logFailure(error: unknown): void {
  const known = fromHttpError(error);
  if (!(known instanceof QuaysideError) || known.code === 'internal') {
    log.error({ error }, 'A request failed in a way nobody planned for');
  } else if (known.kind.httpStatus >= 500) {
    // Counted in the metrics; a line each would make an overload worse.
    log.debug({ code: known.code, cause: known.cause }, known.message);
  }
}

/** The last error handler: every error of every route ends here. */
// Express tells error handlers by their four parameters.
export const answerErrors: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  logFailure(error);
  // Half an answer cannot be taken back: the caller must see that it is incomplete.
  if (response.headersSent) response.destroy();
  else sendProblem(response, error);
};

/** The last route: 405 with `Allow` where another method would do, else 404. */
export const answerUnknownRoutes: RequestHandler = (request, response, next) => {
  const allowed = allowedMethods(request.app, request.path);
  if (allowed.length === 0) {
    next(new QuaysideError('not_found', `Nothing is at ${request.path}.`));
    return;
  }
  response.setHeader('Allow', allowed.join(', '));
  next(new QuaysideError('method_not_allowed', `${request.path} allows ${allowed.join(', ')}.`));
};
