import type { Database, Transaction } from '@quayside/database';
import { v7 as uuidv7 } from 'uuid';
import { isRefusal } from '../domain/payment';
import { toError, type Refusal } from '../domain/refusal';
import { checkKey, keepRefusal, takeKey, type KeyedRequest } from '../store/idempotency';

/** How a request is decided, and how the answer of an earlier one is found again. */
export interface Operation<Result extends object> {
  /** Decides and does, in the transaction of the key; `id` is the id of what is made. */
  decide(tx: Transaction, id: string): Promise<Result | Refusal>;
  /** Finds what an earlier request with the same key made. */
  find(tx: Transaction, id: string): Promise<Result | undefined>;
}

/**
 * Decides a request that moves money once: the key, the decision and all that follows from it are one
 * transaction. A refusal is committed, too, and thrown afterwards; the same request gets the same again.
 */
export async function once<Result extends object>(
  database: Database,
  request: KeyedRequest,
  deadline: Date,
  { decide, find }: Operation<Result>,
): Promise<Result> {
  checkKey(request.key);
  const outcome = await database.transaction(
    async (tx): Promise<Result | Refusal> => {
      const id = uuidv7();
      const decided = await takeKey(tx, request, id);
      if (decided?.refusal) return decided.refusal;
      if (decided) {
        const found = await find(tx, decided.resultId);
        if (!found) throw new Error(`Key ${request.key} points to nothing: ${decided.resultId}`);
        return found;
      }
      const decision = await decide(tx, id);
      if (isRefusal(decision)) await keepRefusal(tx, request, decision);
      return decision;
    },
    { deadline },
  );
  if (isRefusal(outcome)) throw toError(outcome);
  return outcome;
}
