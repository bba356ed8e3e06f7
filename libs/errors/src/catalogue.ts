/** What callers may know about one kind of failure. */
export interface ErrorKind {
  /** Stable name, the last part of the problem's `type`. */
  code: string;
  /** gRPC status code (google.rpc.Code). */
  grpcStatus: number;
  httpStatus: number;
  /** Short, stable sentence for the problem's `title`. */
  title: string;
  /** Whether the same call may succeed later without any change. */
  retryable: boolean;
}

// google.rpc.Code, by number so that this library needs no gRPC package.
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;
const UNIMPLEMENTED = 12;
const INTERNAL = 13;
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

function kind<Code extends string>(
  code: Code,
  grpcStatus: number,
  httpStatus: number,
  title: string,
  { retryable = false } = {},
) {
  const row: ErrorKind = { code, grpcStatus, httpStatus, title, retryable };
  return { [code]: row } as Record<Code, ErrorKind>;
}

/** Every error that a caller may see, by code. One row maps it to gRPC and to HTTP. */
export const catalogue = {
  ...kind('invalid_request', INVALID_ARGUMENT, 400, 'The request is not valid'),
  ...kind('unauthenticated', UNAUTHENTICATED, 401, 'Sign in first'),
  ...kind('forbidden', PERMISSION_DENIED, 403, 'Not allowed'),
  ...kind('step_up_required', UNAUTHENTICATED, 401, 'A second factor is needed'),
  ...kind('wrong_code', PERMISSION_DENIED, 403, 'The code is wrong'),
  ...kind('wrong_password', PERMISSION_DENIED, 403, 'The password is wrong'),
  ...kind('not_found', NOT_FOUND, 404, 'Not found'),
  ...kind('method_not_allowed', UNIMPLEMENTED, 405, 'Method not allowed'),
  ...kind('payload_too_large', INVALID_ARGUMENT, 413, 'The request is too large'),
  ...kind('unsupported_media_type', INVALID_ARGUMENT, 415, 'Unsupported content type'),
  ...kind('rate_limited', RESOURCE_EXHAUSTED, 429, 'Too many requests', { retryable: true }),
  ...kind('conflict', ABORTED, 409, 'In conflict with another request', { retryable: true }),
  ...kind('already_exists', ALREADY_EXISTS, 409, 'It exists already'),
  ...kind('handle_taken', ALREADY_EXISTS, 409, 'The handle is taken'),
  ...kind('email_taken', ALREADY_EXISTS, 409, 'The e-mail address is taken'),
  ...kind('unknown_payee', NOT_FOUND, 404, 'Nobody has this handle'),
  ...kind('account_not_open', NOT_FOUND, 404, 'No account in this currency'),
  ...kind('not_possible', FAILED_PRECONDITION, 422, 'Not possible as things are'),
  ...kind('insufficient_funds', FAILED_PRECONDITION, 402, 'Not enough money'),
  ...kind('same_account', FAILED_PRECONDITION, 422, 'Payer and payee are the same'),
  ...kind('payee_has_no_account', FAILED_PRECONDITION, 422, 'The payee has no such account'),
  ...kind('account_frozen', FAILED_PRECONDITION, 422, 'The account is frozen'),
  ...kind('account_not_usable', FAILED_PRECONDITION, 422, 'The account may not be used'),
  ...kind('currency_mismatch', FAILED_PRECONDITION, 422, 'The currencies differ'),
  ...kind('refund_exceeds_payment', FAILED_PRECONDITION, 422, 'More than is left to refund'),
  ...kind('not_refundable', FAILED_PRECONDITION, 422, 'The payment cannot be refunded'),
  ...kind('limit_exceeded', FAILED_PRECONDITION, 422, 'More than a limit allows'),
  ...kind('not_a_hold', FAILED_PRECONDITION, 422, 'The payment was never a hold'),
  ...kind('hold_expired', FAILED_PRECONDITION, 422, 'The hold has expired'),
  ...kind('already_captured', FAILED_PRECONDITION, 422, 'The hold was captured before'),
  ...kind('already_voided', FAILED_PRECONDITION, 422, 'The hold was voided before'),
  ...kind('capture_exceeds_hold', FAILED_PRECONDITION, 422, 'More than the hold'),
  ...kind('account_not_empty', FAILED_PRECONDITION, 422, 'There is money in the account'),
  ...kind('holds_open', FAILED_PRECONDITION, 422, 'Money is set aside'),
  ...kind('top_up_pending', FAILED_PRECONDITION, 422, 'A top-up is not decided yet'),
  ...kind('sign_in_again', PERMISSION_DENIED, 403, 'Sign in again first'),
  ...kind('idempotency_key_reused', FAILED_PRECONDITION, 422, 'The key was used before'),
  ...kind('reset_token_invalid', FAILED_PRECONDITION, 422, 'The reset does not work any more'),
  ...kind('unavailable', UNAVAILABLE, 503, 'Not available right now', { retryable: true }),
  ...kind('deadline_exceeded', DEADLINE_EXCEEDED, 504, 'No answer in time', { retryable: true }),
  ...kind('internal', INTERNAL, 500, 'Something went wrong'),
} as const;

/** The stable name of a failure. */
export type ErrorCode = keyof typeof catalogue;

/** Whether a text is a code of the catalogue. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(catalogue, code);
}
