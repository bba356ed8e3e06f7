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

/** What became of an earlier request with the same key. */
export interface Decided {
  resultId: string;
  refusal: Refusal | undefined;
}

const hashOf = (content: KeyedRequest['content']) =>
  createHash('sha256').update(JSON.stringify(content)).digest();

/** Throws QuaysideError `invalid_request` for a key that cannot be one. */
export function checkKey(key: string): void {
  if (key.length >= 1 && key.length <= 255) return;
  throw new QuaysideError('invalid_request', 'Send an idempotency key of 1 to 255 characters.');
}

/**
 * Takes the key for `resultId`, or gives what an earlier request with it led to. Two at once: the second waits
 * here until the first is decided. Throws QuaysideError `idempotency_key_reused` when the request differs.
 */
export async function takeKey(
  tx: Transaction,
  { caller, operation, key, content }: KeyedRequest,
  resultId: string,
): Promise<Decided | undefined> {
  const hash = hashOf(content);
  const taken = await tx.prepared(
    'take_key',
    `INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
    [caller, operation, key, hash, resultId],
  );
  if (taken.length > 0) return undefined;
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
  return { resultId: row.result_id, refusal: row.refusal ?? undefined };
}

/** Keeps a refusal as the answer of its key. */
export async function keepRefusal(
  tx: Transaction,
  { caller, operation, key }: KeyedRequest,
  refusal: Refusal,
): Promise<void> {
  await tx.query(
    'UPDATE idempotency_keys SET refusal = $4 WHERE caller = $1 AND operation = $2 AND key = $3',
    [caller, operation, key, refusal],
  );
}

/** Forgets keys that nobody may send again. */
export async function forgetOldKeys(database: Database, hours: number): Promise<void> {
  await database.query(
    'DELETE FROM idempotency_keys WHERE created_at < now() - make_interval(hours => $1)',
    [hours],
  );
}
