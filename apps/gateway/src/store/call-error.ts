import { DeadlineError, isConnectionError, isStatementTimeout } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';

/**
 * What the asker of a query is told when the database is away or slow; other errors stay as they are. The deadline
 * holds also where no statement runs yet: while a connection is waited for.
 */
export async function asCallError<T>(query: Promise<T>, deadline: Date): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError()), deadline.getTime() - Date.now());
  });
  try {
    return await Promise.race([query, timeout]);
  } catch (cause) {
    if (isStatementTimeout(cause)) {
      throw new QuaysideError('deadline_exceeded', 'The database took too long.', { cause });
    }
    if (isConnectionError(cause)) {
      throw new QuaysideError('unavailable', 'The database cannot be reached just now.', { cause });
    }
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}
