import { Client, escapeIdentifier } from 'pg';
import type { Database } from './database';
import { readMigrations, type Migration } from './migration-files';

/** What to migrate. */
export interface MigrateOptions {
  /** Connection string of the owner role, which the running service does not have. */
  url: string;
  /** Folder of numbered SQL files. */
  folder: string;
  /** Role of the running service; stands in the files as `{{runtime_role}}`, for its grants. */
  runtimeRole: string;
  log?: (line: string) => void;
}

/** Any fixed number: replicas that migrate at once wait for each other. */
const MIGRATION_LOCK = 4_201_969;
/** A migration that waits longer for a table lock fails instead of queueing everybody behind it. */
const LOCK_TIMEOUT = '5s';

const TABLE = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    number int PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`;

async function appliedChecksums(client: Client): Promise<Map<number, string>> {
  const { rows } = await client.query<{ number: number; checksum: string }>(
    'SELECT number, checksum FROM schema_migrations',
  );
  return new Map(rows.map(({ number, checksum }) => [number, checksum]));
}

async function apply(client: Client, migration: Migration, runtimeRole: string): Promise<void> {
  const { name, number, checksum } = migration;
  const sql = migration.sql.replaceAll('{{runtime_role}}', escapeIdentifier(runtimeRole));
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query(sql);
    await client.query(
      'INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)',
      [number, name, checksum],
    );
    await client.query('COMMIT');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${name} failed and was rolled back: ${reason}`, { cause: error });
  }
}

/**
 * Applies what is missing, each file in a transaction of its own, and gives the names applied. Forward
 * only; a database that is ahead of the folder is left alone, as after a rollback of the code. Throws
 * when an applied file has been changed since, or a file fails.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { url, folder, runtimeRole, log } = options;
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: url, application_name: 'migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(TABLE);
    await client.query(`GRANT SELECT ON schema_migrations TO ${escapeIdentifier(runtimeRole)}`);
    const applied = await appliedChecksums(client);
    const done: string[] = [];
    for (const migration of migrations) {
      const before = applied.get(migration.number);
      if (before === undefined) {
        await apply(client, migration, runtimeRole);
        done.push(migration.name);
        log?.(`Applied ${migration.name}`);
      } else if (before !== migration.checksum) {
        throw new Error(
          `Migration ${migration.name} was changed after it had been applied. Restore it and add a new file.`,
        );
      }
    }
    return done;
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

/** Whether every migration of the folder has been applied. Rejects when the database cannot answer. */
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
