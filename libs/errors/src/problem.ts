import { toQuaysideError, type FieldError } from './quayside-error';

/** RFC 9457 problem details. */
export interface ProblemDetails {
  /** Stable address of the kind of problem. */
  type: string;
  title: string;
  status: number;
  detail: string;
  traceId?: string;
  /** What is wrong with which part of the request. */
  errors?: readonly FieldError[];
}

/** Every problem's `type` starts with this. */
export const PROBLEM_TYPE_PREFIX = 'https://quayside.dev/problems/';

/** The problem for a failure. An unknown error becomes `internal`; its text never leaves the process. */
export function toProblem(error: unknown, traceId?: string): ProblemDetails {
  const { code, kind, message, fields } = toQuaysideError(error);
  return {
    type: `${PROBLEM_TYPE_PREFIX}${code}`,
    title: kind.title,
    status: kind.httpStatus,
    detail: message,
    ...(traceId === undefined ? {} : { traceId }),
    ...(fields.length > 0 ? { errors: fields } : {}),
  };
}
