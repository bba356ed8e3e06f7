import { isErrorCode, type ErrorCode } from './catalogue';
import { QuaysideError, toQuaysideError, type FieldError } from './quayside-error';

/** Trailing metadata that carries the code of the catalogue. */
export const ERROR_CODE_KEY = 'quayside-error-code';
/** Trailing metadata that carries field errors as JSON, percent-encoded: metadata is ASCII. */
export const ERROR_FIELDS_KEY = 'quayside-error-fields';

/** What a gRPC server answers for a failure. */
export interface GrpcStatus {
  code: number;
  details: string;
  metadata: Record<string, string>;
}

/** The status for a failure. An unknown error becomes INTERNAL; its text never leaves the process. */
export function toGrpcStatus(error: unknown): GrpcStatus {
  const { code, kind, message, fields } = toQuaysideError(error);
  const metadata: Record<string, string> = { [ERROR_CODE_KEY]: code };
  if (fields.length > 0) metadata[ERROR_FIELDS_KEY] = encodeURIComponent(JSON.stringify(fields));
  return { code: kind.grpcStatus, details: message, metadata };
}

/** Stands for a status that came without our code: from a proxy, or from grpc-js itself. */
const codeByStatus: Record<number, ErrorCode> = {
  1: 'unavailable', // CANCELLED: the other side hung up
  3: 'invalid_request',
  4: 'deadline_exceeded',
  5: 'not_found',
  6: 'conflict',
  7: 'forbidden',
  8: 'rate_limited',
  9: 'conflict',
  10: 'conflict',
  14: 'unavailable',
  16: 'unauthenticated',
};

interface GrpcError {
  code?: unknown;
  details?: unknown;
  metadata?: { get(key: string): unknown[] };
}

function fieldsOf(text: unknown): FieldError[] {
  if (typeof text !== 'string') return [];
  try {
    return JSON.parse(decodeURIComponent(text)) as FieldError[];
  } catch {
    return [];
  }
}

/** The failure that a gRPC client received: our own code where the server sent one, else by status. */
export function fromGrpcError(error: unknown): QuaysideError {
  if (error instanceof QuaysideError) return error;
  const { code: status, details, metadata } = (error ?? {}) as GrpcError;
  const sent = metadata?.get(ERROR_CODE_KEY)[0];
  if (isErrorCode(sent) && typeof details === 'string') {
    return new QuaysideError(sent, details, {
      cause: error,
      fields: fieldsOf(metadata?.get(ERROR_FIELDS_KEY)[0]),
    });
  }
  const code = typeof status === 'number' ? codeByStatus[status] : undefined;
  if (code === undefined) return toQuaysideError(error);
  return new QuaysideError(code, sentences[code] ?? 'The service refused the call.', {
    cause: error,
  });
}

const sentences: Partial<Record<ErrorCode, string>> = {
  unavailable: 'A part of the system cannot be reached. Try again in a moment.',
  deadline_exceeded: 'A part of the system did not answer in time. Try again in a moment.',
  rate_limited: 'A part of the system is busy. Try again in a moment.',
};
