import { QuaysideError } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import type { Request, Response } from 'express';
import { addressKey, policyHeader, stateHeader, type RateLimit } from '../domain/rate-limits';
import type { RateLimiter } from '../store/rate-limiter';
import { addressOf } from './client';
import type { ApiOperation } from './document';

/** Counts a request and says in the answer how its caller stands. Rejects with `rate_limited` when it is one too many. */
export type LimitCheck = (request: Request, response: Response, userId: string) => Promise<void>;

/** What is checked for one operation. */
export interface OperationLimits {
  /** Before it is known who calls. */
  address: LimitCheck;
  /** Once it is known. */
  user?: LimitCheck;
}

/** Finds the limits of an operation. Throws for an `x-rate-limit` that does not exist. */
export type LimitsOf = (operation: ApiOperation) => OperationLimits;

/** The checks of all operations, from the table of limits and a limiter for each. */
export function createLimits<Name extends string>(
  limits: Record<Name | 'address' | 'api', RateLimit>,
  limiterOf: (limit: RateLimit) => RateLimiter,
): LimitsOf {
  const refused = metrics.counter(
    'gateway_rate_limited_total',
    'Requests refused because there were too many, by limit',
    ['limit'],
  );
  const checks = new Map(
    Object.values<RateLimit>(limits).map((limit) => [
      limit.name,
      { limit, check: checkOf(limit, limiterOf(limit), (name) => refused.inc({ limit: name })) },
    ]),
  );

  function named(name: string, operationId: string) {
    const found = checks.get(name);
    if (found) return found;
    const known = [...checks.keys()].join(', ');
    throw new Error(
      `openapi.yaml: ${operationId} has the unknown x-rate-limit ${name}. Known: ${known}.`,
    );
  }

  return ({ operationId, access, rateLimit }) => {
    const everyone = named('address', operationId).check;
    const own = named(rateLimit ?? (access.kind === 'public' ? 'address' : 'api'), operationId);
    if (own.limit.name === 'address') return { address: everyone };
    if (own.limit.per === 'user') return { address: everyone, user: own.check };
    const both: LimitCheck = async (request, response, userId) => {
      await everyone(request, response, userId);
      await own.check(request, response, userId);
    };
    return { address: both };
  };
}

function checkOf(
  limit: RateLimit,
  count: RateLimiter,
  refused: (name: string) => void,
): LimitCheck {
  const policy = policyHeader(limit);
  return async (request, response, userId) => {
    const key = limit.per === 'user' ? userId : addressKey(addressOf(request));
    const { allowed, remaining, resetSeconds } = await count(key);
    response.setHeader('RateLimit-Policy', policy);
    response.setHeader('RateLimit', stateHeader(limit, remaining, resetSeconds));
    if (allowed) return;
    refused(limit.name);
    response.setHeader('Retry-After', String(resetSeconds));
    throw new QuaysideError('rate_limited', `Try again in ${resetSeconds} seconds.`);
  };
}
