import type { Database, Transaction } from '@quayside/database';
import { REPEAT_SECONDS, type PresentedToken } from '../domain/refresh-token';
import type { Role } from '../domain/roles';

/** How long sessions last, in seconds. */
export interface SessionLifetimes {
  /** From sign-in, whatever is refreshed. */
  absoluteSeconds: number;
  /** From the last refresh. */
  idleSeconds: number;
}

/** A session whose refresh token has been exchanged. */
export interface RefreshedSession {
  sessionId: string;
  userId: string;
  role: Role;
}

/** Starts a session with its first refresh token. All times are the database's: replicas share one clock. */
export async function startSession(
  tx: Transaction,
  session: { sessionId: string; userId: string; tokenHash: Buffer },
  lifetimes: SessionLifetimes,
): Promise<void> {
  await tx.query(
    `WITH session AS (
       INSERT INTO sessions (session_id, user_id, expires_at)
       VALUES ($1, $2, now() + make_interval(secs => $4))
       RETURNING session_id, expires_at)
     INSERT INTO refresh_tokens (token_hash, session_id, expires_at)
     SELECT $3, session_id, least(expires_at, now() + make_interval(secs => $5)) FROM session`,
    [
      session.sessionId,
      session.userId,
      session.tokenHash,
      lifetimes.absoluteSeconds,
      lifetimes.idleSeconds,
    ],
  );
}

/** A refresh token that was presented, with its session, which is locked. */
export interface FoundToken extends RefreshedSession {
  token: PresentedToken;
}

/**
 * Finds a token and locks its session: whoever presents a token of the same family at that moment waits, and then sees
 * what became of this one. Undefined for a token that nobody was given.
 */
export async function lockFamily(
  tx: Transaction,
  tokenHash: Buffer,
): Promise<FoundToken | undefined> {
  const [session] = await tx.query<{ session_id: string; user_id: string; role: Role }>(
    `SELECT session_id, user_id, role FROM sessions JOIN identities USING (user_id)
     WHERE session_id = (SELECT session_id FROM refresh_tokens WHERE token_hash = $1)
     FOR NO KEY UPDATE OF sessions`,
    [tokenHash],
  );
  if (!session) return undefined;
  // A statement of its own, so that it sees what happened while the lock was waited for.
  const [token] = await tx.query<PresentedToken>(
    `SELECT t.used_at IS NOT NULL AS used,
            coalesce(t.used_at > clock_timestamp() - make_interval(secs => $2), false) AS "usedJustNow",
            EXISTS (SELECT FROM refresh_tokens WHERE parent_hash = $1 AND used_at IS NOT NULL) AS "successorUsed",
            t.expires_at <= now() AS expired,
            s.ended_at IS NOT NULL OR s.expires_at <= now() AS "sessionOver"
     FROM refresh_tokens t JOIN sessions s USING (session_id)
     WHERE token_hash = $1`,
    [tokenHash, REPEAT_SECONDS],
  );
  // Deleted as expired in between.
  if (!token) return undefined;
  const { session_id: sessionId, user_id: userId, role } = session;
  return { sessionId, userId, role, token };
}

/** Marks a token as used, for the first time or again, and writes its successor. The session must be locked. */
export async function rotateToken(
  tx: Transaction,
  { presented, successor }: { presented: Buffer; successor: Buffer },
  idleSeconds: number,
): Promise<void> {
  await tx.query(
    `WITH used AS (
       UPDATE refresh_tokens SET used_at = coalesce(used_at, now()) WHERE token_hash = $2 RETURNING session_id),
     session AS (
       UPDATE sessions SET last_used_at = now() FROM used WHERE sessions.session_id = used.session_id
       RETURNING sessions.session_id, expires_at)
     INSERT INTO refresh_tokens (token_hash, session_id, parent_hash, expires_at)
     SELECT $1, session_id, $2, least(expires_at, now() + make_interval(secs => $3)) FROM session`,
    [successor, presented, idleSeconds],
  );
}

/** Why a session ended; the same words are in the event that says so. */
export type EndReason = 'logout' | 'token_reused' | 'ended_by_operator' | 'identity_deleted';

/** A session that has just ended. */
export interface EndedSession {
  sessionId: string;
  userId: string;
  reason: EndReason;
  endedAt: Date;
}

/** Ends the session that a token, used or not, belongs to; undefined when none was alive until now. */
export async function endSessionOfToken(
  tx: Transaction,
  tokenHash: Buffer,
  reason: EndReason,
): Promise<EndedSession | undefined> {
  const [ended] = await tx.query<{ session_id: string; user_id: string; ended_at: Date }>(
    `UPDATE sessions SET ended_at = now(), end_reason = $2
     WHERE session_id = (SELECT session_id FROM refresh_tokens WHERE token_hash = $1)
       AND ended_at IS NULL
     RETURNING session_id, user_id, ended_at`,
    [tokenHash, reason],
  );
  return (
    ended && {
      sessionId: ended.session_id,
      userId: ended.user_id,
      reason,
      endedAt: ended.ended_at,
    }
  );
}

/**
 * Deletes at most `limit` tokens and `limit` sessions that can matter no more, and says how many. Sessions
 * are kept for a day after their end, tokens go with them or at their own expiry.
 */
export async function deleteExpired(database: Database, limit: number): Promise<number> {
  const [deleted] = await database.query<{ count: bigint }>(
    `WITH tokens AS (
       DELETE FROM refresh_tokens WHERE token_hash IN (
         SELECT token_hash FROM refresh_tokens WHERE expires_at < now() LIMIT $1)
       RETURNING 1),
     old_sessions AS (
       DELETE FROM sessions WHERE session_id IN (
         SELECT session_id FROM sessions WHERE expires_at < now() - interval '1 day' LIMIT $1)
       RETURNING 1)
     SELECT (SELECT count(*) FROM tokens) + (SELECT count(*) FROM old_sessions) AS count`,
    [limit],
  );
  return Number(deleted?.count ?? 0n);
}
