import type { Database, Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';
import { isRefusal, type Refusal } from '../domain/refusal';
import { resultOf, type Outcome } from '../posting/outcome';
import { keepRefusals, takeKeys, type KeyedRequest } from '../store/idempotency';

/** What is made by a request: its id, chosen before, and its time, by the clock of the database. */
export interface Made {
  id: string;
  createdAt: Date;
}

/** A request that moves money: read and lock, decide, write. */
export interface Operation<Locked, Approved extends object, Result extends object> {
  /** The id of what the request is about, where it makes nothing new. */
  resultId?: string;
  /** Locks and reads all that the decision depends on. Its first statement travels with that of the key. */
  lock(tx: Transaction): Promise<Locked>;
  /** Decides; a pure function of what is locked. */
  decide(locked: Locked): Approved | Refusal;
  /** Writes what was decided. It waits for nothing: the writes travel with COMMIT. */
  write(tx: Transaction, approved: Approved, made: Made): Result;
  /** Finds what an earlier request with the same key made. */
  find(tx: Transaction, id: string): Promise<Result | undefined>;
}

/**
 * Decides a request that moves money once: the key, the decision and all that follows from it are one transaction,
 * in two round trips. A refusal is committed, too, and thrown afterwards; the same request gets the same again.
 */
export async function once<Locked, Approved extends object, Result extends object>(
  database: Database,
  request: KeyedRequest,
  deadline: Date,
  { resultId, lock, decide, write, find }: Operation<Locked, Approved, Result>,
): Promise<Result> {
  const outcome = await database.transaction(
    async (tx): Promise<Outcome<Result>> => {
      const id = resultId ?? uuidv7();
      // Sent together, done in this order: nobody waits for a key while holding an account. In a replay the locks
      // are not needed, and harmless.
      const claims = [{ request, resultId: id }];
      const [[taken], locked] = await Promise.all([takeKeys(tx, claims), lock(tx)]);
      if (!taken) throw new Error('A request without a key');
      if ('error' in taken) return { failure: taken.error };
      if ('refusal' in taken) return { answer: taken.refusal, replayed: true };
      if ('resultId' in taken) {
        const found = await find(tx, taken.resultId);
        if (!found) throw new Error(`A key points to nothing: ${taken.resultId}`);
        return { answer: found, replayed: true };
      }
      const decision = decide(locked);
      if (!isRefusal(decision)) {
        return { answer: write(tx, decision, { id, createdAt: taken.at }), replayed: false };
      }
      keepRefusals(tx, [{ request, refusal: decision }]);
      return { answer: decision, replayed: false };
    },
    { deadline },
  );
  return resultOf(request, outcome);
}
