import type { Database } from '@quayside/database';
import { appendToOutbox } from '@quayside/messaging';
import { paymentExpired } from '../events/published';
import { lockLateHolds, markExpired } from '../store/holds';

const AT_ONCE = 100;
/** A batch keeps the accounts of its payers locked no longer than this. */
const BATCH_DEADLINE_MS = 5_000;

async function expireBatch(database: Database): Promise<number> {
  const deadline = new Date(Date.now() + BATCH_DEADLINE_MS);
  return database.transaction(
    async (tx) => {
      const holds = await lockLateHolds(tx, AT_ONCE);
      if (holds.length === 0) return 0;
      await markExpired(
        tx,
        holds.map(({ paymentId }) => paymentId),
      );
      await appendToOutbox(tx, ...holds.map(paymentExpired));
      return holds.length;
    },
    { deadline },
  );
}

/**
 * Releases holds that have run out, in small batches, until none is left or the signal is aborted; gives their number.
 * Safe on many replicas at once: each takes what the others have not locked.
 */
export async function expireHolds(database: Database, signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const expired = await expireBatch(database);
    total += expired;
    if (expired < AT_ONCE || signal?.aborted) return total;
  }
}
