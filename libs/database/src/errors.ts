/** The fields of a PostgreSQL error that decide what to do about it (pg's DatabaseError). */
interface SqlError {
  code?: string;
  constraint?: string;
}

const fieldsOf = (error: unknown): SqlError =>
  typeof error === 'object' && error !== null ? error : {};

// SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const QUERY_CANCELED = '57014';
const IN_FAILED_TRANSACTION = '25P02';

/** Connection failures, too many connections, shutting down or starting up, a standby that cannot write. */
const NOT_SERVING = /^(08|57P0|53300|25006)/;
/**
 * Beyond that, what says more about the database's state than about the statement: resources, I/O, a lock or
 * a time limit, a refused login, a missing database, table, column or right (a deployment half done).
 */
const NOT_NOW = /^(53|58|55P03|57014|25P03|25P04|28|3D000|42)/;

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);
// pg says these in words only.
const CONNECTION_SENTENCE =
  /^(connection terminated|timeout exceeded when trying to connect|timeout expired|query read timeout|client has encountered a connection error|client was closed|cannot use a pool after)/i;

function isConstraint(error: unknown, state: string, constraint?: string): boolean {
  const { code, constraint: violated } = fieldsOf(error);
  return code === state && (constraint === undefined || constraint === violated);
}

/** Whether a unique constraint (this one, if named) refused the row. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  isConstraint(error, UNIQUE_VIOLATION, constraint);

/** Whether a CHECK (this one, if named) refused the row. */
export const isCheckViolation = (error: unknown, constraint?: string): boolean =>
  isConstraint(error, CHECK_VIOLATION, constraint);

/** Whether the transaction was chosen to end a deadlock. */
export const isDeadlock = (error: unknown): boolean => fieldsOf(error).code === DEADLOCK_DETECTED;

/** Whether the transaction lost against another and may be run again from its start. */
export function isSerializationFailure(error: unknown): boolean {
  return fieldsOf(error).code === SERIALIZATION_FAILURE || isDeadlock(error);
}

/** Whether the statement was refused only because an earlier one of its transaction had failed. */
export const isInFailedTransaction = (error: unknown): boolean =>
  fieldsOf(error).code === IN_FAILED_TRANSACTION;

/** Whether the work ran out of the time that its deadline (or the connection's limit) left. */
export const isStatementTimeout = (error: unknown): boolean =>
  fieldsOf(error).code === QUERY_CANCELED;

/** Whether the database could not be reached, or does not serve right now. */
export function isConnectionError(error: unknown): boolean {
  // Node tries every address of a name and reports the failures together.
  if (error instanceof AggregateError && error.errors.some(isConnectionError)) return true;
  const { code } = fieldsOf(error);
  if (code !== undefined) return NOT_SERVING.test(code) || NETWORK_CODES.has(code);
  return error instanceof Error && CONNECTION_SENTENCE.test(error.message);
}

/**
 * Whether the same work may succeed later without any change to it: the database is away, overloaded, slow or
 * not yet deployed, or another transaction was in the way. For work that can wait without limit.
 */
export function isTransientError(error: unknown): boolean {
  if (isConnectionError(error) || isSerializationFailure(error)) return true;
  return NOT_NOW.test(fieldsOf(error).code ?? '');
}
