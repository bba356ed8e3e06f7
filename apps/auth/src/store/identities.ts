import type { Database, Transaction } from '@quayside/database';
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
  role: Role;
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

/** The credentials behind a normalised e-mail address, if there are any. */
export async function findCredentials(
  database: Database,
  emailNormalised: string,
  deadline: Date,
): Promise<StoredCredentials | undefined> {
  const [found] = await database.query<{ user_id: string; password_hash: string; role: Role }>(
    'SELECT user_id, password_hash, role FROM identities WHERE email_normalised = $1',
    [emailNormalised],
    { deadline },
  );
  if (!found) return undefined;
  return { userId: found.user_id, passwordHash: found.password_hash, role: found.role };
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

/** Deletes an identity and everything that hangs on it: sessions, tokens, whatever it could sign in with. */
export async function deleteIdentity(tx: Transaction, userId: string): Promise<void> {
  await tx.query('DELETE FROM identities WHERE user_id = $1', [userId]);
}
