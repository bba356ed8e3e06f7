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
