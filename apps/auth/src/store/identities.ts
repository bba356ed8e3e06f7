import type { Database, Transaction } from '@quayside/database';

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
  const [found] = await database.query<{ user_id: string; password_hash: string }>(
    'SELECT user_id, password_hash FROM identities WHERE email_normalised = $1',
    [emailNormalised],
    { deadline },
  );
  return found && { userId: found.user_id, passwordHash: found.password_hash };
}
