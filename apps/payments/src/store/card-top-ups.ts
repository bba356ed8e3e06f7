import type { Database, Transaction } from '@quayside/database';
import type { CardTopUp, Consequence } from '../domain/card-top-up';

// The token of a card is gone at the end of a top-up, by a trigger, and then nothing is charged any more.
const COLUMNS = `top_up_id AS "topUpId", user_id AS "userId", account_id AS "accountId", currency, amount, status,
  coalesce(card_token, '') AS "cardToken", state, version, attempts, charge_before AS "chargeBefore", charge_id AS "chargeId",
  refund_id AS "refundId", reason, trace`;

/** A card top-up that begins, and whoever writes it is the first to work on it. */
export interface NewCardTopUp {
  topUpId: string;
  cardToken: string;
  leaseMs: number;
  /** How long the processor may charge the card. */
  chargeWithinMs: number;
  trace: CardTopUp['trace'];
}

const INSERT = `
  INSERT INTO card_top_ups (top_up_id, card_token, next_attempt_at, charge_before, trace)
  VALUES ($1, $2, statement_timestamp() + $3 * interval '1 ms', statement_timestamp() + $4 * interval '1 ms', $5::jsonb)`;

/** Writes the beginning of a card top-up, behind its top-up. */
export function insertCardTopUp(tx: Transaction, saga: NewCardTopUp): void {
  const { topUpId, cardToken, leaseMs, chargeWithinMs, trace } = saga;
  void tx.send('insert_card_top_up', INSERT, [
    topUpId,
    cardToken,
    leaseMs,
    chargeWithinMs,
    JSON.stringify(trace),
  ]);
}

// Whatever somebody else is busy with is not due, or locked for a moment. Both rows are locked, for the reason that
// `findCardTopUp` gives: what was committed since the statement began is seen of locked rows only.
const CLAIM = `
  WITH due AS (
    SELECT top_up_id, user_id, account_id, currency, amount, status
    FROM card_top_ups JOIN top_ups USING (top_up_id)
    WHERE state IN ('charging', 'charged', 'refunding') AND next_attempt_at <= statement_timestamp()
      AND ($3::uuid IS NULL OR top_up_id = $3)
    ORDER BY next_attempt_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE card_top_ups SET version = version + 1, attempts = attempts + 1,
      next_attempt_at = statement_timestamp() + $2 * interval '1 ms'
    FROM due WHERE card_top_ups.top_up_id = due.top_up_id
    RETURNING card_top_ups.*
  )
  SELECT ${COLUMNS} FROM claimed JOIN due USING (top_up_id)`;

/**
 * Takes what is due, at most `limit` (or the one named), under a lease: until it ends nobody else takes it, and after
 * that nothing of ours is written any more.
 */
export function claimCardTopUps(
  database: Database,
  { limit, leaseMs, topUpId }: { limit: number; leaseMs: number; topUpId?: string },
): Promise<CardTopUp[]> {
  return database.query<CardTopUp>(CLAIM, [limit, leaseMs, topUpId ?? null]);
}

/**
 * Reads a card top-up; `lock`ed until the end of the transaction. Both rows are locked: one that is not would be as old as
 * the statement when the lock of the other had to be waited for.
 */
export async function findCardTopUp(
  tx: Transaction,
  topUpId: string,
  { lock = false } = {},
): Promise<CardTopUp | undefined> {
  const [row] = await tx.query<CardTopUp>(
    `SELECT ${COLUMNS} FROM card_top_ups JOIN top_ups USING (top_up_id) WHERE top_up_id = $1
     ${lock ? 'FOR NO KEY UPDATE' : ''}`,
    [topUpId],
  );
  return row;
}

const FOLLOW = `
  WITH followed AS (
    UPDATE card_top_ups SET state = $3, version = version + 1, attempts = 1, charge_id = $4, refund_id = $5, reason = $6,
      changed_at = statement_timestamp(), next_attempt_at = statement_timestamp() + $7 * interval '1 ms'
    WHERE top_up_id = $1 AND version = $2
    RETURNING *
  ), shown AS (
    UPDATE top_ups SET status = $8 FROM followed WHERE top_ups.top_up_id = followed.top_up_id
    RETURNING top_ups.top_up_id, user_id, account_id, currency, amount, status
  )
  SELECT ${COLUMNS} FROM followed JOIN shown USING (top_up_id)`;

/** Writes what follows, if the version still holds; undefined when it does not, and then nothing is written. */
export async function writeConsequence(
  tx: Transaction,
  { topUpId, version }: CardTopUp,
  { state, chargeId, refundId, reason, status }: Consequence,
  leaseMs: number,
): Promise<CardTopUp | undefined> {
  const [row] = await tx.query<CardTopUp>(FOLLOW, [
    ...[topUpId, version, state, chargeId, refundId, reason, leaseMs, status],
  ]);
  return row;
}

/** Gives the lease back, to be taken again after a while; does nothing when the version does not hold. */
export async function postpone(
  database: Database,
  { topUpId, version }: CardTopUp,
  pauseMs: number,
): Promise<void> {
  await database.query(
    `UPDATE card_top_ups SET version = version + 1, next_attempt_at = statement_timestamp() + $3 * interval '1 ms'
     WHERE top_up_id = $1 AND version = $2`,
    [topUpId, version, pauseMs],
  );
}

/** A card top-up that was given up. */
export interface GivenUp extends CardTopUp {
  createdAt: Date;
  changedAt: Date;
}

/** Those that were given up, longest first, and how many there are. */
export async function findGivenUp(
  tx: Transaction,
  limit: number,
): Promise<{ topUps: GivenUp[]; total: number }> {
  const rows = await tx.query<GivenUp & { total: bigint }>(
    `SELECT ${COLUMNS}, created_at AS "createdAt", changed_at AS "changedAt", count(*) OVER () AS total
     FROM card_top_ups JOIN top_ups USING (top_up_id) WHERE state = 'needs_attention'
     ORDER BY changed_at, top_up_id LIMIT $1`,
    [limit],
  );
  return { topUps: rows, total: Number(rows[0]?.total ?? 0n) };
}

/** How many need a person, and how many seconds the oldest that is under way has been so. */
export async function countOpen(database: Database) {
  const [row] = await database.query<{ needAttention: number; oldestSeconds: number }>(
    `SELECT (SELECT count(*)::int FROM card_top_ups WHERE state = 'needs_attention') AS "needAttention",
       coalesce((SELECT extract(epoch FROM now() - min(created_at))::int FROM card_top_ups JOIN top_ups USING (top_up_id)
        WHERE state IN ('charging', 'charged', 'refunding')), 0) AS "oldestSeconds"`,
  );
  return row ?? { needAttention: 0, oldestSeconds: 0 };
}
