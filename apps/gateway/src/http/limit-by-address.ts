import { Router, type RequestHandler } from 'express';
import type { ApiOperation } from './document';
import type { LimitCheck, LimitsOf } from './rate-limits';

/** What reaches no operation is counted as one that anybody may ask for. */
const anything: ApiOperation = {
  operationId: 'anything',
  method: 'get',
  path: '/',
  access: { kind: 'public' },
};

/**
 * Counts every request by its address, whatever it asks for. Stands before bodies are read: who sends too many of
 * them gets none parsed.
 */
export function limitByAddress(
  documented: readonly ApiOperation[],
  limitsOf: LimitsOf,
): RequestHandler {
  const router = Router();
  // The others share one limit: there is no need to find out which of them it is.
  for (const operation of documented.filter(({ rateLimit }) => rateLimit !== undefined)) {
    router[operation.method](pathOf(operation), counting(limitsOf(operation).address));
  }
  router.use(counting(limitsOf(anything).address));
  return router;
}

/** The path of an operation as Express writes it. */
export const pathOf = ({ path }: ApiOperation): string => path.replace(/\{(\w+)\}/g, ':$1');

const counting =
  (check: LimitCheck): RequestHandler =>
  async (request, response, next) => {
    await check(request, response, '');
    next('router');
  };
