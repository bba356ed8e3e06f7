import type { ApiOperation } from './document';
import type { LimitsOf } from './rate-limits';
import type { Check } from './shedding';

/** What reaches no operation is counted as one that anybody may ask for. */
const anything: ApiOperation = {
  operationId: 'anything',
  method: 'get',
  path: '/',
  access: { kind: 'public' },
};

/** The paths of an operation, as Express takes them: capitals and a slash at the end change nothing. */
const patternOf = ({ path }: ApiOperation): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i');

/**
 * Counts every request by its address, whatever it asks for, but for the questions of browsers before a call (CORS).
 * Stands before bodies are read: who sends too many of them gets none parsed.
 */
export function limitByAddress(documented: readonly ApiOperation[], limitsOf: LimitsOf): Check {
  const everyone = limitsOf(anything).address;
  // The others share one limit: there is no need to find out which of them it is.
  const special = documented
    .filter(({ rateLimit }) => rateLimit !== undefined)
    .map((operation) => ({
      method: operation.method.toUpperCase(),
      pattern: patternOf(operation),
      check: limitsOf(operation).address,
    }));
  return (request, response) => {
    const own = special.find(
      ({ method, pattern }) => method === request.method && pattern.test(request.path),
    );
    return (own?.check ?? everyone)(request, response, '');
  };
}
