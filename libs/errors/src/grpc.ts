import { isErrorCode, type ErrorCode } from './catalogue';
import { QuaysideError, toQuaysideError, type FieldError } from './quayside-error';

/** Trailing metadata that carries the code of the catalogue. */
export const ERROR_CODE_KEY = 'quayside-error-code';
/** Trailing metadata that carries field errors as JSON, percent-encoded: metadata is ASCII. */
export const ERROR_FIELDS_KEY = 'quayside-error-fields';
/** Trailing metadata with the seconds after which the same call may be made again. */
export const RETRY_AFTER_KEY = 'quayside-retry-after';

/** What a gRPC server answers for a failure. */
export interface GrpcStatus {
  /** google.rpc.Code. */
  code: number;
  details: string;
  metadata: Record<string, string>;
}

// Trailers are HTTP/2 headers, whose total size the other side limits (8 KiB is the usual least).
const LONGEST_DETAILS = 1_000;
const LONGEST_FIELDS = 4_096;

function encodedFields(fields: readonly FieldError[]): string {
  const encoded = encodeURIComponent(JSON.stringify(fields));
  return encoded.length <= LONGEST_FIELDS ? encoded : encodedFields(fields.slice(0, -1));
}

/** The status for a failure. An unknown error becomes INTERNAL; its text never leaves the process. */
export function toGrpcStatus(error: unknown): GrpcStatus {
  const { code, kind, message, fields, retryAfterSeconds } = toQuaysideError(error);
  const metadata: Record<string, string> = { [ERROR_CODE_KEY]: code };
  if (fields.length > 0) metadata[ERROR_FIELDS_KEY] = encodedFields(fields);
  if (retryAfterSeconds !== undefined) metadata[RETRY_AFTER_KEY] = String(retryAfterSeconds);
  // UTF-8 replaces a lone surrogate; grpc-js would throw on it while it answers.
  const details = Buffer.from(message.slice(0, LONGEST_DETAILS)).toString();
  return { code: kind.grpcStatus, details, metadata };
}

/** Stands for a status whose code we do not know: from a proxy, grpc-js itself, or a newer release. */
const codeByStatus: Record<number, ErrorCode> = {
  1: 'unavailable', // CANCELLED: the other side hung up
  3: 'invalid_request',
  4: 'deadline_exceeded',
  5: 'not_found',
  6: 'already_exists',
  7: 'forbidden',
  8: 'rate_limited',
  9: 'not_possible',
  10: 'conflict',
  14: 'unavailable',
  16: 'unauthenticated',
};

const sentences: Partial<Record<ErrorCode, string>> = {
  unavailable: 'A part of the system cannot be reached. Try again in a moment.',
  deadline_exceeded: 'A part of the system did not answer in time. Try again in a moment.',
  rate_limited: 'A part of the system is busy. Try again in a moment.',
};

interface GrpcError {
  code?: unknown;
  details?: unknown;
  metadata?: { get(key: string): unknown[] };
}

function isFieldError(value: unknown): value is FieldError {
  const { path, message } = (value ?? {}) as Partial<FieldError>;
  return typeof path === 'string' && typeof message === 'string';
}

function fieldsOf(text: unknown): FieldError[] {
  if (typeof text !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(text));
    return Array.isArray(parsed) ? parsed.filter(isFieldError) : [];
  } catch {
    return [];
  }
}

function secondsOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * The failure that a gRPC client received: our own code where the server sent one, else by status.
 * The text is the server's own only when it sent a code: everything else may name hosts and ports.
 */
export function fromGrpcError(error: unknown): QuaysideError {
  if (error instanceof QuaysideError) return error;
  const { code: status, details, metadata } = (error ?? {}) as GrpcError;
  const sent = metadata?.get(ERROR_CODE_KEY)[0];
  const byStatus = typeof status === 'number' ? codeByStatus[status] : undefined;
  const code = isErrorCode(sent) ? sent : byStatus;
  if (code === undefined) return toQuaysideError(error);
  const ours = sent !== undefined && typeof details === 'string';
  const detail = ours ? details : (sentences[code] ?? 'A part of the system refused the call.');
  const fields = fieldsOf(metadata?.get(ERROR_FIELDS_KEY)[0]);
  const retryAfterSeconds = secondsOf(metadata?.get(RETRY_AFTER_KEY)[0]);
  return new QuaysideError(code, detail, { cause: error, fields, retryAfterSeconds });
}
