import type { Database } from '@quayside/database';

/** Most sessions of one user that are listed. */
const MOST_LISTED = 100;

/** A session as it is listed. */
export interface ListedSession {
  sessionId: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endReason: string | null;
}

/** A user's sessions, newest first, at most 100. */
export function findSessionsOf(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<ListedSession[]> {
  return database.query<ListedSession>(
    `SELECT session_id AS "sessionId", created_at AS "createdAt", last_used_at AS "lastUsedAt",
            expires_at AS "expiresAt", ended_at AS "endedAt", end_reason AS "endReason"
     FROM sessions WHERE user_id = $1 ORDER BY created_at DESC, session_id DESC LIMIT ${MOST_LISTED}`,
    [userId],
    { deadline },
  );
}

/** How a user's session stands: its sign-in so many seconds ago or less, or more; over; or gone with its user. */
export type SignInAge = 'recent' | 'too old' | 'ended' | 'identity deleted';

/** How recent the sign-in of a user's session is, by the clock of the database. */
export async function signInAge(
  database: Database,
  { userId, sessionId }: { userId: string; sessionId?: string },
  maxAgeSeconds: number,
  deadline: Date,
): Promise<SignInAge> {
  const [found] = await database.query<{ alive: boolean | null; recent: boolean | null }>(
    `SELECT ended_at IS NULL AND expires_at > now() AS alive,
            sessions.created_at >= now() - make_interval(secs => $3) AS recent
     FROM identities LEFT JOIN sessions ON sessions.user_id = identities.user_id AND session_id = $2
     WHERE identities.user_id = $1`,
    [userId, sessionId ?? null, maxAgeSeconds],
    { deadline },
  );
  if (!found) return 'identity deleted';
  if (!found.alive) return 'ended';
  return found.recent ? 'recent' : 'too old';
}
