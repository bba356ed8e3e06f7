import { DELETED_USER_HANDLE } from '@quayside/contracts';
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
  /** Whose handle the counterpart's is; they are told of the same event. */
  counterpartUserId: string | null;
}

/** An activity with its number in the user's feed. */
export interface NumberedActivity extends Activity {
  number: bigint;
}

// Who was erased has a counter that gives no more numbers: nothing is added to their feed, and what the same event adds to
// the other side's has no name of theirs.
//
// The counters are locked in user-id order whatever the order of the entries: two transactions that touch the
// same users cannot wait for each other. One statement for any number of entries.
const appendSql = `
WITH incoming AS (
  SELECT *
  FROM ROWS FROM (
    json_to_recordset($1::json) AS (
      "userId" uuid, "activityId" uuid, type text, "occurredAt" timestamptz, amount bigint, currency text,
      "counterpartUserId" uuid, "counterpartHandle" text, "paymentId" uuid, "refundId" uuid, "topUpId" uuid, "accountId" uuid,
      description text
    )
  ) WITH ORDINALITY AS entry (
    user_id, activity_id, type, occurred_at, amount, currency,
    counterpart_user_id, counterpart_handle, payment_id, refund_id, top_up_id, account_id,
    description, place
  )
), counters AS (
  INSERT INTO feed_counters AS counter (user_id, last_number)
  SELECT user_id, count(*) FROM incoming GROUP BY user_id ORDER BY user_id
  ON CONFLICT (user_id) DO UPDATE SET last_number = counter.last_number + excluded.last_number
    WHERE counter.erased_at IS NULL
  RETURNING user_id, last_number
)
INSERT INTO activity (
  user_id, number, activity_id, type, occurred_at, amount, currency,
  counterpart_user_id, counterpart_handle, payment_id, refund_id, top_up_id, account_id, description
)
SELECT
  user_id,
  last_number + 1 - row_number() OVER (PARTITION BY user_id ORDER BY place DESC),
  activity_id, type, occurred_at, amount, currency,
  counterpart_user_id,
  CASE WHEN counterpart_user_id IS NULL OR counterpart_user_id IN (SELECT user_id FROM counters)
    THEN counterpart_handle ELSE '${DELETED_USER_HANDLE}' END,
  payment_id, refund_id, top_up_id, account_id, description
FROM incoming JOIN counters USING (user_id)`;

/** Channel that is notified of every addition, with the ids of its users. */
export const ACTIVITY_CHANNEL = 'activity';

/** A notification holds 8000 bytes at most: so many ids of 36 characters and a comma fit. */
const USERS_PER_NOTIFICATION = 200;

/** The users of a notification. */
export const usersOfNotification = (payload: string): string[] => payload.split(',');

/** Shares a round trip with the commit. */
function announce(tx: Transaction, entries: readonly FeedEntry[]): void {
  const users = [...new Set(entries.map(({ userId }) => userId))];
  for (let start = 0; start < users.length; start += USERS_PER_NOTIFICATION) {
    const payload = users.slice(start, start + USERS_PER_NOTIFICATION).join(',');
    void tx.send('announce_activity', 'SELECT pg_notify($1, $2)', [ACTIVITY_CHANNEL, payload]);
  }
}

/** Erases a user's feed, for good, and their handle from the feeds of others. */
export async function eraseFeed(tx: Transaction, userId: string): Promise<void> {
  await tx.query('SELECT erase_feed($1, $2)', [userId, DELETED_USER_HANDLE]);
}

/** Adds entries to the feeds of their users, numbered per user in the order given, and tells every replica. */
export async function appendActivity(
  tx: Transaction,
  entries: readonly FeedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, amount: entry.amount?.toString() ?? null }));
  await tx.prepared('append_activity', appendSql, [JSON.stringify(rows)]);
  announce(tx, entries);
}

const selectSql = `
SELECT
  number, activity_id AS "activityId", type, occurred_at AS "occurredAt", amount, currency,
  counterpart_handle AS "counterpartHandle", payment_id AS "paymentId", refund_id AS "refundId",
  top_up_id AS "topUpId", account_id AS "accountId", description
FROM activity`;

const pageSql = `${selectSql}
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

const afterSql = `${selectSql}
WHERE user_id = $1 AND number > $2
ORDER BY number
LIMIT $3`;

/** The activities of a user that follow a number, oldest first. Throws like readActivity. */
export async function readActivityAfter(
  database: Database,
  userId: string,
  { after, limit, deadline }: { after: bigint; limit: number; deadline: Date },
): Promise<NumberedActivity[]> {
  const values = [userId, after, limit];
  return asCallError(database.query<NumberedActivity>(afterSql, values, { deadline }), deadline);
}

/** The number of a user's latest activity, 0 without any. Throws like readActivity. */
export async function lastActivityNumber(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<bigint> {
  const sql = 'SELECT last_number AS "last" FROM feed_counters WHERE user_id = $1';
  const asked = database.query<{ last: bigint }>(sql, [userId], { deadline });
  return (await asCallError(asked, deadline))[0]?.last ?? 0n;
}
