import type { QuaysideError } from '@quayside/errors';
import { isRefusal, toError, type Refusal } from '../domain/refusal';
import { countRequest } from '../metrics';
import type { KeyedRequest } from '../store/idempotency';

/** What became of a request that moves money: its answer, the first time or again, or why there is none. */
export type Outcome<Result extends object> =
  { answer: Result | Refusal; replayed: boolean } | { failure: QuaysideError };

/** Counts the outcome and gives the result. Throws a refusal or failure as a QuaysideError. */
export function resultOf<Result extends object>(
  { operation }: KeyedRequest,
  outcome: Outcome<Result>,
): Result {
  if ('failure' in outcome) {
    countRequest(operation, outcome.failure.code);
    throw outcome.failure;
  }
  const { answer, replayed } = outcome;
  const refusal = isRefusal(answer) ? answer : undefined;
  countRequest(operation, replayed ? 'replayed' : (refusal?.code ?? 'done'));
  if (refusal) throw toError(refusal);
  return answer as Result;
}
