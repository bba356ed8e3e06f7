import { isTransientError } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';

/**
 * What to do about a handler's error: `wait` for what another try may cure (a database, broker or service that is
 * away), take a message that is `refused` for good out of the way at once, and try what is `unexplained` a few
 * times before that.
 */
export type Verdict = 'wait' | 'refused' | 'unexplained';

/** SQLSTATE classes by which the database refuses the data itself; P0 is RAISE in a trigger. */
const DATA_REFUSED = /^(22|23|P0)/;

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Judges an error of a handler or of the transaction round it. */
export function judge(error: unknown): Verdict {
  if (error instanceof QuaysideError) {
    if (error.kind.retryable) return 'wait';
    return error.code === 'internal' ? 'unexplained' : 'refused';
  }
  if (isTransientError(error)) return 'wait';
  return DATA_REFUSED.test(codeOf(error)) ? 'refused' : 'unexplained';
}

/** A short, stable name of the error, for headers and metrics. */
export function codeOfFailure(error: unknown): string {
  const code = codeOf(error);
  if (code !== '') return code;
  return error instanceof Error ? error.name : 'unknown';
}
