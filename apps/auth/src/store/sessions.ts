import type { Database, Transaction } from '@quayside/database';
import { networkOf, type Client } from '../domain/client';
import { REPEAT_SECONDS, type PresentedToken } from '../domain/refresh-token';
import type { Role } from '../domain/roles';

/** How long sessions last, in seconds. */
export interface SessionLifetimes {
  /** From sign-in, whatever is refreshed. */
  absoluteSeconds: number;
  /** From the last refresh. */
  idleSeconds: number;
}

/** A session that tokens are made for. */
export interface SignedInSession {
  sessionId: string;
  userId: string;
  role: Role;
  /** When the user proved who they are, by a password. */
  signedInAt: Date;
  /** Whether the user has a second factor. */
  secondFactor: boolean;
}

/** Starts a session with its first refresh token, and says when. All times are the database's: replicas share one clock. */
export async function startSession(
  tx: Transaction,
  session: { sessionId: string; userId: string; tokenHash: Buffer; client: Client },
  lifetimes: SessionLifetimes,
): Promise<Date> {
  const [started] = await tx.query<{ created_at: Date }>(
    `WITH session AS (
       INSERT INTO sessions (session_id, user_id, expires_at, device, address, network)
       VALUES ($1, $2, now() + make_interval(secs => $4), $6, $7, $8)
       RETURNING session_id, expires_at)
     INSERT INTO refresh_tokens (token_hash, session_id, expires_at)
     SELECT $3, session_id, least(expires_at, now() + make_interval(secs => $5)) FROM session
     RETURNING created_at`,
    [
      session.sessionId,
      session.userId,
      session.tokenHash,
      lifetimes.absoluteSeconds,
      lifetimes.idleSeconds,
      session.client.device,
      session.client.address,
      networkOf(session.client.address),
    ],
  );
  if (!started) throw new Error('A session was inserted without its refresh token.');
  return started.created_at;
}

/** A refresh token that was presented, with its session, which is locked. */
export interface FoundToken extends SignedInSession {
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
  const [session] = await tx.query<SignedInSession>(
    `SELECT session_id AS "sessionId", user_id AS "userId", role, sessions.created_at AS "signedInAt",
       EXISTS (SELECT FROM second_factors f WHERE f.user_id = sessions.user_id AND confirmed_at IS NOT NULL)
         AS "secondFactor"
     FROM sessions JOIN identities USING (user_id)
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
  return { ...session, token };
}

/** Marks a token as used, for the first time or again, and writes its successor. The session must be locked. */
export async function rotateToken(
  tx: Transaction,
  { presented, successor, client }: { presented: Buffer; successor: Buffer; client: Client },
  idleSeconds: number,
): Promise<void> {
  await tx.query(
    `WITH used AS (
       UPDATE refresh_tokens SET used_at = coalesce(used_at, now()) WHERE token_hash = $2 RETURNING session_id),
     session AS (
       UPDATE sessions SET last_used_at = now(), device = $4, address = $5, network = $6
       FROM used WHERE sessions.session_id = used.session_id
       RETURNING sessions.session_id, expires_at)
     INSERT INTO refresh_tokens (token_hash, session_id, parent_hash, expires_at)
     SELECT $1, session_id, $2, least(expires_at, now() + make_interval(secs => $3)) FROM session`,
    [successor, presented, idleSeconds, client.device, client.address, networkOf(client.address)],
  );
}

/** Why a session ended; the same words are in the event that says so. */
export type EndReason =
  | 'logout'
  | 'token_reused'
  | 'password_changed'
  | 'password_reset'
  | 'ended_by_user'
  | 'ended_by_operator'
  | 'identity_deleted'
  | 'api_key_revoked';

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

/** Ends a user's sessions: all of them, `only` one, or all `except` one. Says which ones were alive until now. */
export async function endSessions(
  tx: Transaction,
  userId: string,
  reason: EndReason,
  { only, except }: { only?: string; except?: string } = {},
): Promise<EndedSession[]> {
  const ended = await tx.query<{ sessionId: string; endedAt: Date }>(
    `UPDATE sessions SET ended_at = now(), end_reason = $2
     WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now()
       AND ($3::uuid IS NULL OR session_id = $3) AND ($4::uuid IS NULL OR session_id <> $4)
     RETURNING session_id AS "sessionId", ended_at AS "endedAt"`,
    [userId, reason, only ?? null, except ?? null],
  );
  return ended.map((session) => ({ ...session, userId, reason }));
}

/** Whether a session of a user is alive; it stays so until the transaction ends. */
export async function sessionLives(
  tx: Transaction,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<boolean> {
  const found = await tx.query(
    `SELECT FROM sessions WHERE session_id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > now()
     FOR SHARE`,
    [sessionId, userId],
  );
  return found.length > 0;
}

/** A session as its owner sees it. */
export interface ListedSession {
  sessionId: string;
  device: string;
  address: string;
  createdAt: Date;
  lastUsedAt: Date;
  /** When it ends unless it is used before. */
  expiresAt: Date;
}

/** A user's living sessions, the one used last first; at most 100. */
export function findSessions(
  database: Database,
  userId: string,
  idleSeconds: number,
  deadline: Date,
): Promise<ListedSession[]> {
  return database.query<ListedSession>(
    `SELECT session_id AS "sessionId", device, address, created_at AS "createdAt", last_used_at AS "lastUsedAt",
       least(expires_at, last_used_at + make_interval(secs => $2)) AS "expiresAt"
     FROM sessions
     WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now()
       AND last_used_at > now() - make_interval(secs => $2)
     ORDER BY last_used_at DESC, session_id LIMIT 100`,
    [userId, idleSeconds],
    { deadline },
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
