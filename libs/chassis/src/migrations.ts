import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '@quayside/config';
import { migrationsSeen } from '@quayside/database';
import type { Database } from '@quayside/database';

/** The folder that holds the migrations, or undefined when there is none beside the bundle. */
export function migrationsFolder(given: string | undefined): string | undefined {
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new ConfigError([`MIGRATIONS_FOLDER is ${given}, which does not exist.`]);
  }
  const beside = join(dirname(process.argv[1] ?? '.'), 'migrations');
  return existsSync(beside) ? beside : undefined;
}

/** Rejects unless every migration of the folder has been applied. */
export async function assertMigrated(database: Database, folder: string): Promise<void> {
  if (await migrationsSeen(database, folder)) return;
  throw new Error('not all migrations are applied; run the migrate step');
}
