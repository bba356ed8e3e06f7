import { QuaysideError } from '@quayside/errors';
import type { ErrorCode } from '@quayside/errors';

/** An error in the shape of the `http-errors` package, which body-parser and validators throw. */
interface HttpError extends Error {
  status: number;
  /** body-parser's name for what was wrong, for example `entity.parse.failed`. */
  type?: string;
  headers?: Record<string, string>;
  /** express-openapi-validator's list of what was wrong where. */
  errors?: { path?: string; message?: string }[];
}

const codes: Record<number, ErrorCode> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

/** Sentences for body-parser's errors: its own quote parts of the body, which must not be echoed. */
const sentences: Record<string, string> = {
  'entity.parse.failed': 'The body is not valid JSON.',
  'entity.too.large': 'The body is larger than this server accepts.',
  'encoding.unsupported': 'The content encoding of the body is not supported.',
  'charset.unsupported': 'The character set of the body is not supported: send UTF-8.',
  'request.size.invalid': 'The body is not as long as Content-Length says.',
  'request.aborted': 'The body was not sent completely.',
};

function isHttpError(error: unknown): error is HttpError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status <= 599;
}

const codeFor = (status: number): ErrorCode =>
  codes[status] ?? (status < 500 ? 'invalid_request' : 'internal');

/** Errors of Express and its parsers as ours; others, among them QuaysideError, unchanged. */
export function fromHttpError(error: unknown): unknown {
  if (error instanceof QuaysideError) return error;
  // Express: a path parameter that is not valid percent-encoding.
  if (error instanceof URIError)
    return new QuaysideError('invalid_request', 'The URL is malformed.');
  if (!isHttpError(error)) return error;
  const detail = sentences[error.type ?? ''] ?? error.message;
  const fields = error.errors?.map(({ path = '', message = '' }) => ({ path, message }));
  return new QuaysideError(codeFor(error.status), detail, {
    cause: error,
    ...(fields && { fields }),
  });
}

/** Headers that a parser or validator wants in the answer, such as `Allow` with a 405. */
export const headersOf = (error: unknown): Record<string, string> =>
  (isHttpError(error) && error.headers) || {};
