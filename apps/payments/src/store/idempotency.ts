import { createHash } from 'node:crypto';
import type { Database, Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { Refusal } from '../domain/refusal';

/** A request that moves money, as its caller named it. */
export interface KeyedRequest {
  caller: string;
  operation: 'top_up' | 'payment' | 'refund' | 'capture' | 'void';
  /** 1 to 255 characters. */
  key: string;
  /** Everything that makes two requests the same one. */
  content: readonly (string | undefined)[];
}

/** A request and the id that what it makes will have. */
export interface Claim {
  request: KeyedRequest;
  resultId: string;
}

/**
 * What taking a key led to: it is ours, at this time of the transaction; an earlier request with it was refused or
 * made something; or it cannot be had.
 */
export type Taken =
  { at: Date } | { refusal: Refusal } | { resultId: string } | { error: QuaysideError };

const hashOf = (content: KeyedRequest['content']) =>
  createHash('sha256').update(JSON.stringify(content)).digest();

// Sorted, in every path: whoever waits for one key holds none that comes after it.
const TAKE_KEYS = `
  INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
  SELECT caller, operation, key, request_hash, result_id
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::uuid[])
    AS wanted (caller, operation, key, request_hash, result_id)
  ORDER BY caller, operation, key
  ON CONFLICT DO NOTHING
  RETURNING result_id, created_at`;

const READ_KEYS = `
  SELECT wanted.result_id AS wanted_id, request_hash, kept.result_id, refusal
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS wanted (caller, operation, key, result_id)
  JOIN idempotency_keys AS kept USING (caller, operation, key)`;

interface KeptKey {
  wanted_id: string;
  request_hash: Buffer;
  result_id: string;
  refusal: Refusal | null;
}

const columnsOf = (claims: readonly Claim[]) =>
  [
    claims.map(({ request }) => request.caller),
    claims.map(({ request }) => request.operation),
    claims.map(({ request }) => request.key),
  ] as const;

function takenBefore({ request }: Claim, kept: KeptKey | undefined): Taken {
  if (!kept) {
    const detail = 'The key has just expired. Send the request again.';
    return { error: new QuaysideError('conflict', detail) };
  }
  if (!kept.request_hash.equals(hashOf(request.content))) {
    const detail = 'This key was sent with another request. Choose a new key for a new request.';
    return { error: new QuaysideError('idempotency_key_reused', detail) };
  }
  return kept.refusal ? { refusal: kept.refusal } : { resultId: kept.result_id };
}

/**
 * Takes the keys of requests, each different from the others, or gives what earlier requests with them led to; one
 * answer for each, in their order. Two at once: the second waits here until the first is decided.
 */
export async function takeKeys(tx: Transaction, claims: readonly Claim[]): Promise<Taken[]> {
  const rows = await tx.prepared<{ result_id: string; created_at: Date }>('take_keys', TAKE_KEYS, [
    ...columnsOf(claims),
    claims.map(({ request }) => hashOf(request.content)),
    claims.map(({ resultId }) => resultId),
  ]);
  const ours = new Map(rows.map(({ result_id, created_at }) => [result_id, created_at]));
  const others = claims.filter(({ resultId }) => !ours.has(resultId));
  const kept = new Map<string, KeptKey>();
  if (others.length > 0) {
    const ids = others.map(({ resultId }) => resultId);
    const found = await tx.prepared<KeptKey>('read_keys', READ_KEYS, [...columnsOf(others), ids]);
    for (const row of found) kept.set(row.wanted_id, row);
  }
  return claims.map((claim) => {
    const at = ours.get(claim.resultId);
    return at ? { at } : takenBefore(claim, kept.get(claim.resultId));
  });
}

const KEEP_REFUSALS = `
  UPDATE idempotency_keys AS kept SET refusal = refused.refusal
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) AS refused (caller, operation, key, refusal)
  WHERE (kept.caller, kept.operation, kept.key) = (refused.caller, refused.operation, refused.key)`;

/** Keeps refusals as the answers of their keys. */
export function keepRefusals(
  tx: Transaction,
  refused: readonly { request: KeyedRequest; refusal: Refusal }[],
): void {
  if (refused.length === 0) return;
  void tx.send('keep_refusals', KEEP_REFUSALS, [
    refused.map(({ request }) => request.caller),
    refused.map(({ request }) => request.operation),
    refused.map(({ request }) => request.key),
    refused.map(({ refusal }) => JSON.stringify(refusal)),
  ]);
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
