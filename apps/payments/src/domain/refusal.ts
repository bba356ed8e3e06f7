import { QuaysideError, type ErrorCode } from '@quayside/errors';

/** A decision against a request. It is kept with the idempotency key: the same request gets it again. */
export interface Refusal {
  code: ErrorCode;
  detail: string;
}

/** A refusal with its sentence. */
export const refuse = (code: ErrorCode, detail: string): Refusal => ({ code, detail });

/** Whether a decision is a refusal. */
export const isRefusal = (decision: object): decision is Refusal => 'code' in decision;

/** The refusal as an error, for the caller. */
export const toError = ({ code, detail }: Refusal): QuaysideError =>
  new QuaysideError(code, detail);
