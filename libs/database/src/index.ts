export { openDatabase, type Database, type DatabaseOptions, type QueryOptions } from './database';
export { DeadlineError } from './deadline';
export {
  isCheckViolation,
  isConnectionError,
  isSerializationFailure,
  isStatementTimeout,
  isUniqueViolation,
} from './errors';
export { migrate, migrationsSeen, type MigrateOptions } from './migrate';
export type { Isolation, Transaction, TransactionOptions } from './transaction';
