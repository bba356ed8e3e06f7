import type { Database } from '../database';
import { readMigrations } from './files';

/**
 * Whether every migration of the folder has been applied; more may have been, by a newer release. Rejects when
 * the database cannot answer.
 */
export async function migrationsSeen(database: Database, folder: string): Promise<boolean> {
  const migrations = await readMigrations(folder);
  const [found] = await database.query<{ present: boolean }>(
    "SELECT to_regclass('schema_migrations') IS NOT NULL AS present",
  );
  if (found?.present !== true) return false;
  const rows = await database.query<{ number: number }>('SELECT number FROM schema_migrations');
  const applied = new Set(rows.map(({ number }) => number));
  return migrations.every(({ number }) => applied.has(number));
}
