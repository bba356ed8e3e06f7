import type { Database, Transaction } from '@quayside/database';
import { networkOf } from '../domain/client';
import type { Role } from '../domain/roles';

/** An identity to be made. */
export interface NewIdentity {
  userId: string;
  email: string;
  emailNormalised: string;
  passwordHash: string;
}

/** What checking a password needs. */
export interface StoredCredentials {
  userId: string;
  passwordHash: string;
  /** Another text whenever the password is another; not when its hash is merely made anew. */
  passwordVersion: string;
  role: Role;
  /** Whether the identity has a second factor. */
  secondFactor: boolean;
}

/**
 * The same, and whether the place where it is used now is one of its owner: they have a session there, have signed out there,
 * or have set their password there by a reset. A session that was ended from elsewhere may have been somebody else's.
 */
export interface FoundCredentials extends StoredCredentials {
  knownHere: boolean;
}

/** Writes an identity; says which unique value stood in the way, if any. */
export async function insertIdentity(
  tx: Transaction,
  identity: NewIdentity,
): Promise<'inserted' | 'email taken' | 'user id taken'> {
  const inserted = await tx.query(
    `INSERT INTO identities (user_id, email, email_normalised, password_hash)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING
     RETURNING user_id`,
    [identity.userId, identity.email, identity.emailNormalised, identity.passwordHash],
  );
  if (inserted.length > 0) return 'inserted';
  // A statement of its own, so that it sees the row that the insert has just met.
  const owners = await tx.query('SELECT FROM identities WHERE email_normalised = $1', [
    identity.emailNormalised,
  ]);
  return owners.length > 0 ? 'email taken' : 'user id taken';
}

const CREDENTIALS = `user_id AS "userId", password_hash AS "passwordHash",
  password_changed_at::text AS "passwordVersion", role,
  EXISTS (SELECT FROM second_factors f WHERE f.user_id = i.user_id AND confirmed_at IS NOT NULL) AS "secondFactor"`;

/** The credentials behind a normalised e-mail address, if there are any. */
export async function findCredentials(
  database: Database,
  { emailNormalised, address }: { emailNormalised: string; address: string },
  deadline: Date,
): Promise<FoundCredentials | undefined> {
  const [found] = await database.query<FoundCredentials>(
    `SELECT ${CREDENTIALS}, $2 <> '' AND (reset_network = $2 OR EXISTS (
       SELECT FROM sessions s WHERE s.user_id = i.user_id AND s.network = $2
         AND (end_reason IS NULL OR end_reason = 'logout'))) AS "knownHere"
     FROM identities i WHERE email_normalised = $1`,
    [emailNormalised, networkOf(address)],
    { deadline },
  );
  return found;
}

/** The credentials of an identity, if there is one. */
export async function credentialsOf(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<StoredCredentials | undefined> {
  const [found] = await database.query<StoredCredentials>(
    `SELECT ${CREDENTIALS} FROM identities i WHERE user_id = $1`,
    [userId],
    { deadline },
  );
  return found;
}

/**
 * Whether the password that was checked is still the one; nobody changes it until the transaction ends. What it lets in
 * would otherwise outlive the change that it did not see.
 */
export async function passwordIsStill(
  tx: Transaction,
  { userId, passwordVersion }: { userId: string; passwordVersion: string },
): Promise<boolean> {
  const found = await tx.query(
    'SELECT FROM identities WHERE user_id = $1 AND password_changed_at = $2::timestamptz FOR SHARE',
    [userId, passwordVersion],
  );
  return found.length > 0;
}

/**
 * Gives an identity another password and says what address it has; undefined when there is no such identity. `resetAt` is the
 * address from which a reset does.
 */
export async function setPassword(
  tx: Transaction,
  {
    userId,
    passwordHash,
    resetAt = '',
  }: { userId: string; passwordHash: string; resetAt?: string },
): Promise<{ emailNormalised: string } | undefined> {
  const [changed] = await tx.query<{ emailNormalised: string }>(
    `UPDATE identities SET password_hash = $2, password_changed_at = clock_timestamp(), reset_network = $3
     WHERE user_id = $1
     RETURNING email_normalised AS "emailNormalised"`,
    [userId, passwordHash, networkOf(resetAt)],
  );
  return changed;
}

/** The e-mail address of an identity, as written; undefined when there is no such identity. */
export async function emailOf(tx: Transaction, userId: string): Promise<string | undefined> {
  const [found] = await tx.query<{ email: string }>(
    'SELECT email FROM identities WHERE user_id = $1',
    [userId],
  );
  return found?.email;
}

/** Stores the hash of an unchanged password made anew, unless another password has taken its place meanwhile. */
export async function replaceHash(
  database: Database,
  { userId, from, to }: { userId: string; from: string; to: string },
): Promise<void> {
  await database.query(
    'UPDATE identities SET password_hash = $3 WHERE user_id = $1 AND password_hash = $2',
    [userId, from, to],
  );
}

/** Gives the identity of a normalised e-mail address a role; false when there is none. */
export async function setRole(
  database: Database,
  emailNormalised: string,
  role: Role,
): Promise<boolean> {
  const changed = await database.query(
    'UPDATE identities SET role = $2 WHERE email_normalised = $1 RETURNING user_id',
    [emailNormalised, role],
  );
  return changed.length > 0;
}

/** An identity as operators see it. */
export interface FoundIdentity {
  userId: string;
  email: string;
  role: Role;
  createdAt: Date;
}

/** An identity by its user id or its normalised e-mail address, the other one null. */
export async function findIdentity(
  database: Database,
  { userId, emailNormalised }: { userId: string | null; emailNormalised: string | null },
  deadline: Date,
): Promise<FoundIdentity | undefined> {
  const [found] = await database.query<FoundIdentity>(
    `SELECT user_id AS "userId", email, role, created_at AS "createdAt" FROM identities
     WHERE user_id = $1 OR email_normalised = $2`,
    [userId, emailNormalised],
    { deadline },
  );
  return found;
}

/** Locks an identity, so that no session of it begins until the transaction ends; false when there is none. */
export async function lockIdentity(tx: Transaction, userId: string): Promise<boolean> {
  const found = await tx.query('SELECT FROM identities WHERE user_id = $1 FOR UPDATE', [userId]);
  return found.length > 0;
}

/** The places that an identity has signed in from. */
export async function addressesOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.query<{ address: string }>(
    "SELECT DISTINCT address FROM sessions WHERE user_id = $1 AND address <> ''",
    [userId],
  );
  return rows.map(({ address }) => address);
}

/**
 * Deletes an identity and everything that hangs on it: sessions, tokens, API keys, the second factor. Gives the normalised
 * e-mail address that it had: under that alone there is more.
 */
export async function deleteIdentity(tx: Transaction, userId: string): Promise<string | undefined> {
  const [deleted] = await tx.query<{ emailNormalised: string }>(
    'DELETE FROM identities WHERE user_id = $1 RETURNING email_normalised AS "emailNormalised"',
    [userId],
  );
  return deleted?.emailNormalised;
}
