import type { Database, Transaction } from '@quayside/database';
import { RESET_TOKEN_MINUTES } from '../domain/secret-token';

/** Notes that somebody asked for a reset; once, however often, until its mail is sent. */
export async function requestReset(
  database: Database,
  emailNormalised: string,
  deadline: Date,
): Promise<void> {
  await database.query(
    `INSERT INTO password_reset_requests (email_normalised) VALUES ($1) ON CONFLICT DO NOTHING`,
    [emailNormalised],
    { deadline },
  );
}

/** A reset whose mail is to be sent now, by nobody else for a minute. */
export interface DueReset {
  emailNormalised: string;
  /** It was asked for so long ago that nobody waits for it any more. */
  stale: boolean;
}

/** The next reset that is due, if there is one. */
export async function claimReset(database: Database): Promise<DueReset | undefined> {
  const [claimed] = await database.query<DueReset>(
    `UPDATE password_reset_requests SET next_attempt_at = now() + interval '1 minute'
     WHERE email_normalised = (
       SELECT email_normalised FROM password_reset_requests WHERE next_attempt_at <= now()
       ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING email_normalised AS "emailNormalised", requested_at < now() - make_interval(mins => $1) AS stale`,
    [RESET_TOKEN_MINUTES],
  );
  return claimed;
}

/** A reset needs no mail any more. */
export async function forgetReset(
  database: Database | Transaction,
  emailNormalised: string,
): Promise<void> {
  await database.query('DELETE FROM password_reset_requests WHERE email_normalised = $1', [
    emailNormalised,
  ]);
}

/** Who cannot use more mails than this has the latest ones still; it keeps a stranger from filling a mailbox. */
const MOST_LIVE_TOKENS = 3;

/**
 * Stores the hash of a reset token for whoever has registered with an address, and says where to send it; undefined when
 * nobody has, or when they have got enough of them.
 */
export async function storeResetToken(
  database: Database,
  emailNormalised: string,
  tokenHash: Buffer,
): Promise<{ email: string } | undefined> {
  const [owner] = await database.query<{ email: string }>(
    `WITH owner AS (SELECT user_id, email FROM identities WHERE email_normalised = $1),
     stored AS (
       INSERT INTO password_reset_tokens (token_hash, user_id, expires_at)
       SELECT $2, user_id, now() + make_interval(mins => $3) FROM owner
       WHERE (SELECT count(*) FROM password_reset_tokens t JOIN owner USING (user_id) WHERE expires_at > now()) < $4
       RETURNING user_id)
     SELECT email FROM owner JOIN stored USING (user_id)`,
    [emailNormalised, tokenHash, RESET_TOKEN_MINUTES, MOST_LIVE_TOKENS],
  );
  return owner;
}

/** Whose a reset token is; undefined unless it is good. */
export async function ownerOfResetToken(
  database: Database,
  tokenHash: Buffer,
  deadline: Date,
): Promise<string | undefined> {
  const [found] = await database.query<{ userId: string }>(
    `SELECT user_id AS "userId" FROM password_reset_tokens WHERE token_hash = $1 AND expires_at > now()`,
    [tokenHash],
    { deadline },
  );
  return found?.userId;
}

/** Spends a reset token; false unless it is good, and was spent by nobody else before. */
export async function spendResetToken(tx: Transaction, tokenHash: Buffer): Promise<boolean> {
  const spent = await tx.query(
    'DELETE FROM password_reset_tokens WHERE token_hash = $1 AND expires_at > now() RETURNING user_id',
    [tokenHash],
  );
  return spent.length > 0;
}

/** Deletes a token that was not sent. */
export async function deleteResetToken(database: Database, tokenHash: Buffer): Promise<void> {
  await database.query('DELETE FROM password_reset_tokens WHERE token_hash = $1', [tokenHash]);
}

/** Makes every reset token of a user worthless. */
export async function deleteResetTokens(tx: Transaction, userId: string): Promise<void> {
  await tx.query('DELETE FROM password_reset_tokens WHERE user_id = $1', [userId]);
}

/** Deletes at most `limit` expired tokens, and says how many. */
export async function deleteExpiredResetTokens(database: Database, limit: number): Promise<number> {
  const deleted = await database.query(
    `DELETE FROM password_reset_tokens WHERE token_hash IN (
       SELECT token_hash FROM password_reset_tokens WHERE expires_at <= now() LIMIT $1)
     RETURNING 1`,
    [limit],
  );
  return deleted.length;
}
