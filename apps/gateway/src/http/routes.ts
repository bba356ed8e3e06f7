import { QuaysideError } from '@quayside/errors';
import { access, authorize, type TokenVerifier, type UserCaller } from '@quayside/identity';
import type { Express, Request, RequestHandler } from 'express';
import type { ApiOperation } from './document';
import type { Operations } from './operation';
import type { LimitCheck, LimitsOf } from './rate-limits';
import type { RequestValidator } from './validation';

/** What the routes of the public API are made of. */
export interface ApiRoutes {
  /** As the document has them. */
  documented: readonly ApiOperation[];
  operations: Operations;
  validator: RequestValidator;
  verifier: TokenVerifier;
  limitsOf: LimitsOf;
}

/**
 * Mounts one route per documented operation: who may call it and whether they ask too often, then whether the request
 * is valid, then the answer. Addresses have been counted before (limit-by-address.ts).
 * Throws when the document and the code do not have the same operations, or disagree on which are public.
 */
export function mountApi(app: Express, { documented, operations, ...rest }: ApiRoutes): void {
  refuseUndocumented(documented, operations);
  for (const operation of documented) {
    const { operationId, method } = operation;
    app[method](
      pathOf(operation),
      neverStored,
      authenticator(operation, rest.verifier, rest.limitsOf(operation).user),
      rest.validator(operationId),
      answer(operation, operations),
    );
  }
}

/** The path of an operation as Express writes it. */
const pathOf = ({ path }: ApiOperation): string => path.replace(/\{(\w+)\}/g, ':$1');

function refuseUndocumented(documented: readonly ApiOperation[], operations: Operations): void {
  const known = new Set(documented.map(({ operationId }) => operationId));
  for (const name of [...Object.keys(operations.public), ...Object.keys(operations.user)]) {
    if (!known.has(name)) throw new Error(`openapi.yaml has no operation ${name}.`);
  }
}

/** Answers are personal; an operation whose answer is not says so itself. */
const neverStored: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

const callers = new WeakMap<Request, UserCaller>();

function authenticator(
  { access: needed }: ApiOperation,
  verifier: TokenVerifier,
  limitOfUser: LimitCheck | undefined,
): RequestHandler {
  if (needed.kind === 'public') return (_request, _response, next) => next();
  const [first = '', ...others] = needed.scopes;
  const rule = access.user(first);
  return async (request, response, next) => {
    const { authorization } = request.headers;
    const caller = await authorize(rule, { authorization }, { verifier });
    if (caller.kind !== 'user') throw new QuaysideError('unauthenticated', 'Sign in first.');
    await limitOfUser?.(request, response, caller.userId);
    const lacking = others.find((scope) => !caller.scopes.includes(scope));
    if (lacking) throw new QuaysideError('forbidden', `The token lacks the scope ${lacking}.`);
    callers.set(request, caller);
    next();
  };
}

function answer(
  { operationId, access: needed }: ApiOperation,
  operations: Operations,
): RequestHandler {
  if (needed.kind === 'public') {
    const handle = operations.public[operationId];
    if (!handle) throw new Error(`Nothing answers the public operation ${operationId}.`);
    return (request, response) => handle(request, response);
  }
  const handle = operations.user[operationId];
  if (!handle) throw new Error(`Nothing answers the operation ${operationId} for a user.`);
  return (request, response) => {
    const caller = callers.get(request);
    if (!caller) throw new QuaysideError('unauthenticated', 'Sign in first.');
    return handle(request, response, caller);
  };
}
