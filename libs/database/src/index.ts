export { openDatabase, type Database, type DatabaseOptions, type QueryOptions } from './database';
export { DeadlineError } from './deadline';
export {
  isCheckViolation,
  isConnectionError,
  isSerializationFailure,
  isStatementTimeout,
  isTransientError,
  isUniqueViolation,
} from './errors';
export { follow, type Follower, type FollowOptions, type Reader } from './follow';
export { migrate, type MigrateOptions } from './migrations/migrate';
export { migrationsSeen } from './migrations/seen';
export type { Session, SessionOptions } from './session';
export type { Isolation, Transaction, TransactionOptions } from './transaction';
