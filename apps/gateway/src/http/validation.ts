import { QuaysideError } from '@quayside/errors';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { middleware } from 'express-openapi-validator';
import type { ApiDocument } from './document';

/** What the package notes about the operation of a request; it reads it back from `request.openapi`. */
interface MatchedOperation {
  pathParams: Record<string, string>;
}

type ValidatedRequest = Request & { openapi?: MatchedOperation };

/**
 * Checks one request of one operation against the document; also sets defaults and converts query numbers. Refuses a NUL
 * in any text: PostgreSQL cannot store one.
 */
export type RequestValidator = (operationId: string) => RequestHandler;

/**
 * Request validation by express-openapi-validator. It serves routes that are mounted from the same document:
 * what the package would look up per request, by building a regular expression for each documented path in turn
 * (26 of its 30 microseconds per request, measured), it looks up once per operation.
 */
export function createRequestValidator(document: ApiDocument): RequestValidator {
  const handlers = validatorChain(document);
  const check = handlers.at(-1);
  if (check?.name !== 'requestMiddleware') {
    throw new Error('This version of express-openapi-validator ends with another handler.');
  }
  const matched = new Map<string, MatchedOperation>();

  return (operationId) => (request: ValidatedRequest, response, next) => {
    const known = matched.get(operationId);
    if (known) {
      request.openapi = { ...known, pathParams: request.params as Record<string, string> };
      run([check], request, response, (error?: unknown) => next(error ?? nulIn(request)));
      return;
    }
    const { method } = request;
    // The document has no HEAD, and what the package does not find there it lets pass: it is judged as the GET it is.
    if (method === 'HEAD') request.method = 'GET';
    run(handlers, request, response, (error?: unknown) => {
      request.method = method;
      if (request.openapi) matched.set(operationId, request.openapi);
      next(error ?? (request.openapi ? nulIn(request) : unchecked(request)));
    });
  };
}

function validatorChain(document: ApiDocument): RequestHandler[] {
  return middleware({
    // It changes what it is given.
    apiSpec: structuredClone(document) as never,
    // A test checks the document once; every start need not.
    validateApiSpec: false,
    validateRequests: { allErrors: true },
    validateResponses: false,
    // The routes do this themselves, before this.
    validateSecurity: false,
    fileUploader: false,
    ignoreUndocumented: true,
    ajvFormats: {
      mode: 'fast',
      formats: ['email', 'uuid', 'date-time', 'uri', 'uri-reference'],
    },
  }) as RequestHandler[];
}

function run(
  handlers: readonly RequestHandler[],
  request: Request,
  response: Response,
  done: NextFunction,
): void {
  const [first, ...rest] = handlers;
  if (!first) {
    done();
    return;
  }
  const next = (error?: unknown) => {
    if (error) done(inOneSentence(error));
    else run(rest, request, response, done);
  };
  void first(request, response, next);
}

/** What to answer when a text of the request has a NUL; undefined when none has. */
function nulIn({ body, query }: Request): QuaysideError | undefined {
  const path = pathOfNul(body, '/body') ?? pathOfNul(query, '/query');
  if (path === undefined) return undefined;
  return invalid([{ path, message: 'must not have the character NUL' }]);
}

/** The place of the first text with a NUL: of bodies, too, that allow further members. */
function pathOfNul(root: unknown, name: string): string | undefined {
  const left: [value: unknown, path: string][] = [[root, name]];
  for (const [value, path] of left) {
    if (typeof value === 'string' && value.includes('\0')) return path;
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    for (const [key, part] of Object.entries(value)) left.push([part, `${path}/${key}`]);
  }
  return undefined;
}

/** A request that nobody has checked goes no further. */
const unchecked = ({ path }: Request) =>
  new QuaysideError('not_found', `Nothing is documented at ${path}.`);

/** The package's message lists every failure in one line; the list itself says it better. */
function inOneSentence(error: unknown): unknown {
  const fields = fieldsOf(error);
  if (fields.length === 0) return error;
  return invalid(fields, error);
}

const invalid = (fields: { path: string; message: string }[], cause?: unknown) =>
  new QuaysideError('invalid_request', 'The request is not what the API asks for.', {
    cause,
    fields,
  });

function fieldsOf(error: unknown): { path: string; message: string }[] {
  if (!(error instanceof Error) || !('status' in error) || error.status !== 400) return [];
  const errors = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return (errors as { path?: string; message?: string }[]).map(({ path = '', message = '' }) => ({
    path,
    message,
  }));
}
