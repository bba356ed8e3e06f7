import type { Database } from '@quayside/database';
import { asCallError } from './call-error';

/** What an operator does or looks at. */
export interface OperatorAct {
  operatorUserId: string;
  action:
    | 'find_user'
    | 'list_accounts'
    | 'list_sessions'
    | 'end_sessions'
    | 'freeze_account'
    | 'unfreeze_account'
    | 'list_top_ups_needing_attention'
    | 'resume_top_up';
  subjectUserId?: string;
  subjectAccountId?: string;
  subjectTopUpId?: string;
  /** Of what changes something. */
  reason?: string;
  traceId: string;
}

/** A line of the log. */
export interface LoggedAct {
  position: bigint;
  operatorUserId: string;
  action: string;
  subjectUserId: string | null;
  subjectAccountId: string | null;
  subjectTopUpId: string | null;
  reason: string | null;
  traceId: string;
  at: Date;
  /** `done`, the code of a problem, or null when that is not known. */
  outcome: string | null;
}

// The feed's lock of the database is another one.
const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

/** Writes down an act and gives its position. Throws when that cannot be done: then it must not happen. */
export function logAct(database: Database, act: OperatorAct, deadline: Date): Promise<bigint> {
  const written = database.transaction(
    async (tx) => {
      // Positions become visible in their order, so that a cursor passes over none.
      await tx.query(LOCK, ['operator_log']);
      const [row] = await tx.query<{ position: bigint }>(
        `INSERT INTO operator_log
           (operator_user_id, action, subject_user_id, subject_account_id, subject_top_up_id, reason, trace_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING position`,
        [
          act.operatorUserId,
          act.action,
          act.subjectUserId ?? null,
          act.subjectAccountId ?? null,
          act.subjectTopUpId ?? null,
          act.reason ?? null,
          act.traceId,
        ],
      );
      if (!row) throw new Error('INSERT ... RETURNING without a row');
      return row.position;
    },
    { deadline },
  );
  return asCallError(written, deadline);
}

/** Writes down how an act ended. */
export async function logOutcome(
  database: Database,
  position: bigint,
  outcome: string,
  deadline: Date,
): Promise<void> {
  const sql = 'INSERT INTO operator_outcomes (position, outcome) VALUES ($1, $2)';
  await asCallError(database.query(sql, [position, outcome], { deadline }), deadline);
}

const PAGE = `
  SELECT position, operator_user_id AS "operatorUserId", action, subject_user_id AS "subjectUserId",
    subject_account_id AS "subjectAccountId", subject_top_up_id AS "subjectTopUpId", reason, trace_id AS "traceId", at,
    outcome
  FROM operator_log LEFT JOIN operator_outcomes USING (position)
  WHERE $1::bigint IS NULL OR position < $1
  ORDER BY position DESC LIMIT $2`;

/** The newest lines of the log, those below `before` if it is given. */
export function readOperatorLog(
  database: Database,
  { before, limit, deadline }: { before: bigint | undefined; limit: number; deadline: Date },
): Promise<LoggedAct[]> {
  const page = database.query<LoggedAct>(PAGE, [before ?? null, limit], { deadline });
  return asCallError(page, deadline);
}
