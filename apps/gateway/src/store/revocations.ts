import type { Database, Transaction } from '@quayside/database';

/** A session whose tokens count no longer. */
export interface EndedSession {
  sessionId: string;
  endedAt: Date;
}

/** An ended session with its place in the table. */
export interface NumberedSession extends EndedSession {
  number: bigint;
}

/** Channel that is notified of every addition. */
export const REVOCATIONS_CHANNEL = 'revocations';

/** Any fixed number, for the lock under which numbers are given: a reader never passes over one that is uncommitted. */
const NUMBER_LOCK = 7_305_010;

/** Adds ended sessions and tells every replica; one that is there already changes nothing. */
export async function addRevocations(
  tx: Transaction,
  sessions: readonly EndedSession[],
): Promise<void> {
  if (sessions.length === 0) return;
  await tx.prepared('lock_revocations', 'SELECT pg_advisory_xact_lock($1)', [NUMBER_LOCK]);
  await tx.prepared(
    'add_revocations',
    `WITH added AS (
       INSERT INTO revocations (session_id, ended_at)
       SELECT * FROM json_to_recordset($1::json) AS ended ("sessionId" uuid, "endedAt" timestamptz)
       ON CONFLICT (session_id) DO NOTHING
     )
     SELECT pg_notify($2, '')`,
    [JSON.stringify(sessions), REVOCATIONS_CHANNEL],
  );
}

/** The sessions after a number, in order, at most `limit`. */
export function readRevocations(
  database: Database,
  after: bigint,
  limit: number,
): Promise<NumberedSession[]> {
  return database.query<NumberedSession>(
    `SELECT number, session_id AS "sessionId", ended_at AS "endedAt"
     FROM revocations WHERE number > $1 ORDER BY number LIMIT $2`,
    [after, limit],
  );
}

/** Deletes the sessions that ended before a moment. */
export async function deleteRevocations(database: Database, before: Date): Promise<void> {
  await database.query('DELETE FROM revocations WHERE ended_at < $1', [before]);
}
