import { catalogue, type ErrorCode, type ErrorKind } from './catalogue';

/** What is wrong with one part of a request. */
export interface FieldError {
  /** Where, as a path: `/amount/currency`. */
  path: string;
  message: string;
}

/** What else is known of a failure. */
export interface ErrorOptions {
  cause?: unknown;
  fields?: readonly FieldError[];
  /** Seconds after which the same call may be made again; rounded up, at least 1. */
  retryAfterSeconds?: number;
}

/** A failure that a caller may know about: its code decides gRPC status and HTTP problem. */
export class QuaysideError extends Error {
  override readonly name = 'QuaysideError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** Whole seconds after which the same call may be made again, when that is known. */
  readonly retryAfterSeconds?: number;

  /** `detail` is shown to the caller; `cause` is for the log alone. */
  constructor(code: ErrorCode, detail: string, options: ErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    if (options.retryAfterSeconds !== undefined) {
      this.retryAfterSeconds = Math.max(1, Math.ceil(options.retryAfterSeconds));
    }
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
