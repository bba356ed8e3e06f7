import { createHash } from 'node:crypto';
import type { Database, Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { Refusal } from '../domain/refusal';

/** A request that moves money, as its caller named it. */
export interface KeyedRequest {
  caller: string;
  operation: 'top_up' | 'payment' | 'refund';
  /** 1 to 255 characters. */
  key: string;
  /** Everything that makes two requests the same one. */
  content: readonly (string | undefined)[];
}

/**
 * What taking a key led to: it is ours, at this time of the transaction, or an earlier request with it was refused or
 * made something.
 */
export type Taken = { at: Date } | { refusal: Refusal } | { resultId: string };

const hashOf = (content: KeyedRequest['content']) =>
  createHash('sha256').update(JSON.stringify(content)).digest();

/**
 * Takes the key for `resultId`, or gives what an earlier request with it led to. Two at once: the second waits
 * here until the first is decided. Throws QuaysideError `idempotency_key_reused` when the request differs.
 */
export async function takeKey(
  tx: Transaction,
  { caller, operation, key, content }: KeyedRequest,
  resultId: string,
): Promise<Taken> {
  const hash = hashOf(content);
  const [taken] = await tx.prepared<{ at: Date }>(
    'take_key',
    `INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING created_at AS at`,
    [caller, operation, key, hash, resultId],
  );
  if (taken) return taken;
  const [row] = await tx.prepared<{
    request_hash: Buffer;
    result_id: string;
    refusal: Refusal | null;
  }>(
    'read_key',
    `SELECT request_hash, result_id, refusal FROM idempotency_keys
     WHERE caller = $1 AND operation = $2 AND key = $3`,
    [caller, operation, key],
  );
  if (!row)
    throw new QuaysideError('conflict', 'The key has just expired. Send the request again.');
  if (!row.request_hash.equals(hash)) {
    throw new QuaysideError(
      'idempotency_key_reused',
      'This key was sent with another request. Choose a new key for a new request.',
    );
  }
  return row.refusal ? { refusal: row.refusal } : { resultId: row.result_id };
}

/** Keeps a refusal as the answer of its key. */
export function keepRefusal(
  tx: Transaction,
  { caller, operation, key }: KeyedRequest,
  refusal: Refusal,
): void {
  void tx.send(
    'keep_refusal',
    'UPDATE idempotency_keys SET refusal = $4 WHERE caller = $1 AND operation = $2 AND key = $3',
    [caller, operation, key, JSON.stringify(refusal)],
  );
}

const ROWS_AT_ONCE = 5_000;

// In pieces, each a short transaction, and without waiting for another replica that is at the same.
const FORGET = `
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at < now() - make_interval(hours => $1)
    LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED))
  RETURNING 1`;

/** Forgets keys older than `hours`, until all are or the signal is aborted. Gives their number. */
export async function forgetOldKeys(
  database: Database,
  hours: number,
  signal?: AbortSignal,
): Promise<number> {
  for (let total = 0; ;) {
    const { length } = await database.query(FORGET, [hours]);
    total += length;
    if (length < ROWS_AT_ONCE || signal?.aborted) return total;
  }
}
