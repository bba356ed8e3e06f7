import { catalogue, type ErrorCode, type ErrorKind } from './catalogue';

/** What is wrong with one part of a request. */
export interface FieldError {
  /** Where, as a path: `/amount/currency`. */
  path: string;
  message: string;
}

/** A failure that a caller may know about: its code decides gRPC status and HTTP problem. */
export class QuaysideError extends Error {
  override readonly name = 'QuaysideError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];

  /** `detail` is shown to the caller; `cause` is for the log alone. */
  constructor(
    code: ErrorCode,
    detail: string,
    options: { cause?: unknown; fields?: readonly FieldError[] } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
  }

  /** The code's row of the catalogue. */
  get kind(): ErrorKind {
    return catalogue[this.code];
  }
}

/** The error itself when a caller may know it; any other becomes a neutral `internal` with it as cause. */
export function toQuaysideError(error: unknown): QuaysideError {
  if (error instanceof QuaysideError) return error;
  return new QuaysideError('internal', 'An unexpected error. The trace id helps to find it.', {
    cause: error,
  });
}
