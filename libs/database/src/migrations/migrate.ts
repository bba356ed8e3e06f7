import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { apply } from './apply';
import { readMigrations, type Migration } from './files';

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
const LOCK_WAIT_MS = 60_000;
const LOCK_POLL_MS = 250;

const TABLE = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    number int PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`;

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

/** Polls: a session that waits inside PostgreSQL for a lock holds up vacuum and CREATE INDEX CONCURRENTLY. */
async function lock(client: Client, log?: (line: string) => void): Promise<void> {
  const until = Date.now() + LOCK_WAIT_MS;
  for (let told = false; ; told = true) {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS locked',
      [MIGRATION_LOCK],
    );
    if (rows[0]?.locked === true) return;
    if (!told) log?.('Another process is migrating this database; waiting for it');
    if (Date.now() > until) {
      throw new Error(
        `Another process has been migrating this database for more than ${LOCK_WAIT_MS / 1000} s. ` +
          'See pg_stat_activity, end it if it hangs, and try again.',
      );
    }
    await pause(LOCK_POLL_MS);
  }
}

async function assertRole(client: Client, role: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) {
    throw new Error(`There is no role ${role}, to which the migrations grant. Create it first.`);
  }
}

/** Throws when the folder's history and the database's differ, in a sentence that says what to do. */
function checkHistory(migrations: Migration[], applied: Map<number, Applied>): void {
  const newest = Math.max(0, ...applied.keys());
  for (const { number, name, checksum } of migrations) {
    const before = applied.get(number);
    if (before === undefined && number < newest) {
      throw new Error(
        `Migration ${name} is not applied though number ${newest} is: schema_migrations has a gap.`,
      );
    }
    if (before !== undefined && before.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it had been applied (as ${before.name}). ` +
          'Restore it and put the change into a new file.',
      );
    }
  }
}

async function migrateWith(client: Client, options: MigrateOptions): Promise<string[]> {
  const { folder, runtimeRole, log } = options;
  const migrations = await readMigrations(folder);
  await assertRole(client, runtimeRole);
  await lock(client, log);
  await client.query(TABLE);
  await client.query(`GRANT SELECT ON schema_migrations TO ${escapeIdentifier(runtimeRole)}`);
  const { rows } = await client.query<Applied>(
    'SELECT number, name, checksum FROM schema_migrations',
  );
  const applied = new Map(rows.map((row) => [row.number, row]));
  checkHistory(migrations, applied);
  const missing = migrations.filter(({ number }) => !applied.has(number));
  for (const migration of missing) {
    await apply(client, migration, runtimeRole, log);
    log?.(`Applied ${migration.name}`);
  }
  return missing.map(({ name }) => name);
}

/**
 * Applies what is missing, each file in a transaction of its own, and gives the names applied. Forward only; a
 * database that is ahead of the folder is left alone, as after a rollback of the code. Throws when an applied
 * file has been changed since, when numbers have a gap, or when a file fails.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const client = new Client({
    connectionString: options.url,
    application_name: 'migrate',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks between two statements fails the next one; without a listener it ends the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await migrateWith(client, options);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}
