import type { Database, Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';
import { isRefusal, toError, type Refusal } from '../domain/refusal';
import { countRequest } from '../metrics';
import { keepRefusal, takeKey, type KeyedRequest } from '../store/idempotency';

/** What is made by a request: its id, chosen before, and its time, by the clock of the database. */
export interface Made {
  id: string;
  createdAt: Date;
}

/** A request that moves money: read and lock, decide, write. */
export interface Operation<Locked, Approved extends object, Result extends object> {
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
  { lock, decide, write, find }: Operation<Locked, Approved, Result>,
): Promise<Result> {
  const { answer, replayed } = await database.transaction(
    async (tx): Promise<{ answer: Result | Refusal; replayed: boolean }> => {
      const id = uuidv7();
      // Sent together, done in this order: nobody waits for a key while holding an account. In a replay the locks
      // are not needed, and harmless.
      const [taken, locked] = await Promise.all([takeKey(tx, request, id), lock(tx)]);
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
      keepRefusal(tx, request, decision);
      return { answer: decision, replayed: false };
    },
    { deadline },
  );
  const refusal = isRefusal(answer) ? answer : undefined;
  countRequest(request.operation, replayed ? 'replayed' : (refusal?.code ?? 'done'));
  if (refusal) throw toError(refusal);
  return answer as Result;
}
