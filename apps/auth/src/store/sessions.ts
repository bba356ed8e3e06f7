import type { Database, Transaction } from '@quayside/database';
import type { PresentedToken } from '../domain/refresh-token';

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

/**
 * Exchanges an unused token of a living session for its successor; undefined when it cannot be exchanged.
 * `used_at IS NULL` in the one UPDATE decides between concurrent callers: the row lock lets one through.
 */
export async function rotateToken(
  tx: Transaction,
  hashes: { presented: Buffer; successor: Buffer },
  idleSeconds: number,
): Promise<RefreshedSession | undefined> {
  const [spent] = await tx.query<{ session_id: string }>(
    `UPDATE refresh_tokens SET used_at = now()
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
     RETURNING session_id`,
    [hashes.presented],
  );
  if (!spent) return undefined;
  // Locks the session: a logout at the same moment either comes before, and is seen here, or after.
  const [session] = await tx.query<{ user_id: string }>(
    `UPDATE sessions SET last_used_at = now()
     WHERE session_id = $1 AND ended_at IS NULL AND expires_at > now()
     RETURNING user_id`,
    [spent.session_id],
  );
  if (!session) return undefined;
  await tx.query(
    `INSERT INTO refresh_tokens (token_hash, session_id, parent_hash, expires_at)
     SELECT $1, session_id, $2, least(expires_at, now() + make_interval(secs => $4))
     FROM sessions WHERE session_id = $3`,
    [hashes.successor, hashes.presented, spent.session_id, idleSeconds],
  );
  return { sessionId: spent.session_id, userId: session.user_id };
}

/** What is known of a token that could not be exchanged, and the session it belongs to. */
export async function findToken(
  tx: Transaction,
  tokenHash: Buffer,
): Promise<(PresentedToken & { sessionId: string }) | undefined> {
  const [found] = await tx.query<{
    session_id: string;
    used: boolean;
    expired: boolean;
    session_over: boolean;
  }>(
    `SELECT session_id, used_at IS NOT NULL AS used, t.expires_at <= now() AS expired,
            ended_at IS NOT NULL OR s.expires_at <= now() AS session_over
     FROM refresh_tokens t JOIN sessions s USING (session_id)
     WHERE token_hash = $1`,
    [tokenHash],
  );
  return (
    found && {
      sessionId: found.session_id,
      used: found.used,
      expired: found.expired,
      sessionOver: found.session_over,
    }
  );
}

/** Why a session ended; the same words are in the event that says so. */
export type EndReason = 'logout' | 'token_reused';

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
