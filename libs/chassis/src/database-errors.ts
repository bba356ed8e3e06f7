import { isConnectionError, isSerializationFailure, isStatementTimeout } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { RpcService } from '@quayside/rpc';
import { childLogger } from '@quayside/telemetry';

const log = childLogger({ component: 'chassis' });

/**
 * What a caller is told when a handler failed on its database: to come again when that is away or others were in the
 * way, that the time is over when a statement was too slow. Other errors stay as they are.
 */
function callErrorOf(error: unknown): unknown {
  if (error instanceof QuaysideError) return error;
  if (isStatementTimeout(error)) {
    return new QuaysideError('deadline_exceeded', 'The database did not answer in time.', {
      cause: error,
    });
  }
  if (isConnectionError(error)) {
    log.warn({ error }, 'A call failed because the database cannot be reached');
    return new QuaysideError('unavailable', 'The service cannot reach its data. Try again soon.', {
      cause: error,
    });
  }
  if (isSerializationFailure(error)) {
    return new QuaysideError('conflict', 'Others changed the same data at once. Try again.', {
      cause: error,
    });
  }
  return error;
}

/** The service, its database's failures told as failures of the catalogue: rpc knows nothing of databases. */
export function withDatabaseErrors(service: RpcService): RpcService {
  const methods = service.methods.map((method) => ({
    ...method,
    handle: (...call: Parameters<typeof method.handle>) =>
      method.handle(...call).catch((error: unknown) => {
        throw callErrorOf(error);
      }),
  }));
  return { ...service, methods };
}
