import type { Database, Transaction } from '@quayside/database';
import { asCallError } from './call-error';

/** What an activity can be about. */
export type ActivityType =
  | 'account_opened'
  | 'top_up_completed'
  | 'top_up_failed'
  | 'payment_sent'
  | 'payment_received'
  | 'refund_sent'
  | 'refund_received'
  | 'hold_placed'
  | 'hold_received'
  | 'hold_voided'
  | 'hold_expired';

/** One thing that happened to one user. */
export interface Activity {
  activityId: string;
  type: ActivityType;
  occurredAt: Date;
  /** Minor units, always positive: the type says which way the money went. */
  amount: bigint | null;
  currency: string | null;
  counterpartHandle: string | null;
  paymentId: string | null;
  refundId: string | null;
  topUpId: string | null;
  accountId: string | null;
  /** The payer's words; may be empty. */
  description: string;
}

/** An activity and whose feed it belongs to. */
export interface FeedEntry extends Activity {
  userId: string;
}

/** An activity with its number in the user's feed. */
export interface NumberedActivity extends Activity {
  number: bigint;
}

// The counters are locked in user-id order whatever the order of the entries: two transactions that touch the
// same users cannot wait for each other. One statement for any number of entries.
const appendSql = `
WITH incoming AS (
  SELECT *
  FROM ROWS FROM (
    json_to_recordset($1::json) AS (
      "userId" uuid, "activityId" uuid, type text, "occurredAt" timestamptz, amount bigint, currency text,
      "counterpartHandle" text, "paymentId" uuid, "refundId" uuid, "topUpId" uuid, "accountId" uuid,
      description text
    )
  ) WITH ORDINALITY AS entry (
    user_id, activity_id, type, occurred_at, amount, currency,
    counterpart_handle, payment_id, refund_id, top_up_id, account_id,
    description, place
  )
), counters AS (
  INSERT INTO feed_counters AS counter (user_id, last_number)
  SELECT user_id, count(*) FROM incoming GROUP BY user_id ORDER BY user_id
  ON CONFLICT (user_id) DO UPDATE SET last_number = counter.last_number + excluded.last_number
  RETURNING user_id, last_number
)
INSERT INTO activity (
  user_id, number, activity_id, type, occurred_at, amount, currency,
  counterpart_handle, payment_id, refund_id, top_up_id, account_id, description
)
SELECT
  user_id,
  last_number + 1 - row_number() OVER (PARTITION BY user_id ORDER BY place DESC),
  activity_id, type, occurred_at, amount, currency,
  counterpart_handle, payment_id, refund_id, top_up_id, account_id, description
FROM incoming JOIN counters USING (user_id)`;

/** Adds entries to the feeds of their users, numbered per user in the order given. */
export async function appendActivity(
  tx: Transaction,
  entries: readonly FeedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, amount: entry.amount?.toString() ?? null }));
  await tx.prepared('append_activity', appendSql, [JSON.stringify(rows)]);
}

const pageSql = `
SELECT
  number, activity_id AS "activityId", type, occurred_at AS "occurredAt", amount, currency,
  counterpart_handle AS "counterpartHandle", payment_id AS "paymentId", refund_id AS "refundId",
  top_up_id AS "topUpId", account_id AS "accountId", description
FROM activity
WHERE user_id = $1 AND ($2::bigint IS NULL OR number < $2)
ORDER BY number DESC
LIMIT $3`;

/** Which activities are wanted, and until when. */
export interface ActivityPage {
  /** Only those below this number. */
  before?: bigint;
  limit: number;
  deadline: Date;
}

/** The newest activities of a user. Throws `unavailable` or `deadline_exceeded` when the database cannot say. */
export async function readActivity(
  database: Database,
  userId: string,
  { before, limit, deadline }: ActivityPage,
): Promise<NumberedActivity[]> {
  const values = [userId, before ?? null, limit];
  return asCallError(database.query<NumberedActivity>(pageSql, values, { deadline }), deadline);
}
