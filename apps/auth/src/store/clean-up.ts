import type { Database } from '@quayside/database';
import { deleteOldApiKeys } from './api-keys';
import { deleteExpiredResetTokens } from './password-resets';
import { deleteExpired } from './sessions';
import { deleteOldThrottles } from './throttles';

const deletions = [deleteExpired, deleteOldThrottles, deleteExpiredResetTokens, deleteOldApiKeys];

/** Deletes what can matter no more, in batches: none of them holds locks for long. Stops early when the signal says so. */
export async function cleanUp(
  database: Database,
  batch: number,
  signal: AbortSignal,
): Promise<void> {
  for (const deleteSome of deletions) {
    let deleted = batch;
    while (deleted >= batch && !signal.aborted) deleted = await deleteSome(database, batch);
  }
}
