import type { Database, Transaction } from '@quayside/database';

/** A user's profile. */
export interface Profile {
  userId: string;
  handle: string;
  displayName: string;
  createdAt: Date;
  updatedAt: Date;
}

interface ProfileRow {
  user_id: string;
  handle: string;
  display_name: string;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = 'user_id, handle, display_name, created_at, updated_at';

function fromRow(row: ProfileRow): Profile {
  return {
    userId: row.user_id,
    handle: row.handle,
    displayName: row.display_name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The profile of a user, if there is one yet. */
export async function findProfile(
  database: Database,
  userId: string,
  deadline: Date,
): Promise<Profile | undefined> {
  const [row] = await database.query<ProfileRow>(
    `SELECT ${COLUMNS} FROM profiles WHERE user_id = $1`,
    [userId],
    { deadline },
  );
  return row && fromRow(row);
}

/** Whether a user has a profile already. */
export async function hasProfile(tx: Transaction, userId: string): Promise<boolean> {
  const found = await tx.query('SELECT FROM profiles WHERE user_id = $1', [userId]);
  return found.length > 0;
}

/** The profile behind a handle, if there is one. */
export async function findProfileByHandle(
  database: Database,
  handle: string,
  deadline: Date,
): Promise<Profile | undefined> {
  const [row] = await database.query<ProfileRow>(
    `SELECT ${COLUMNS} FROM profiles WHERE handle = $1`,
    [handle],
    { deadline },
  );
  return row && fromRow(row);
}

/** Writes a profile whose handle is confirmed. */
export async function insertProfile(
  tx: Transaction,
  profile: Pick<Profile, 'userId' | 'handle' | 'displayName'>,
): Promise<void> {
  await tx.query('INSERT INTO profiles (user_id, handle, display_name) VALUES ($1, $2, $3)', [
    profile.userId,
    profile.handle,
    profile.displayName,
  ]);
}

/** Changes a display name; the profile after the change, or undefined when there is none. */
export async function updateDisplayName(
  tx: Transaction,
  userId: string,
  displayName: string,
): Promise<Profile | undefined> {
  const [row] = await tx.query<ProfileRow>(
    `UPDATE profiles SET display_name = $2, updated_at = now() WHERE user_id = $1
     RETURNING ${COLUMNS}`,
    [userId, displayName],
  );
  return row && fromRow(row);
}

/** Deletes a user's profile, if there is one. */
export async function deleteProfile(tx: Transaction, userId: string): Promise<void> {
  await tx.query('DELETE FROM profiles WHERE user_id = $1', [userId]);
}
