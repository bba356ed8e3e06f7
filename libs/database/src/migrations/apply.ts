import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError, escapeIdentifier, type Client } from 'pg';
import type { Migration } from './files';

/** A migration that waits longer for a table lock lets go, instead of queueing everybody behind it. */
const LOCK_TIMEOUT_MS = 3_000;
const LOCK_ATTEMPTS = 5;
const PAUSE_BETWEEN_ATTEMPTS_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

const isLockTimeout = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE;

/** `line 12: ` when PostgreSQL says where, else nothing. */
function placeIn(sql: string, error: unknown): string {
  if (!(error instanceof DatabaseError) || error.position === undefined) return '';
  return `line ${sql.slice(0, Number(error.position)).split('\n').length}: `;
}

async function applyOnce(client: Client, migration: Migration, sql: string): Promise<void> {
  const { name, number, checksum } = migration;
  try {
    await client.query(
      `BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}; SET LOCAL statement_timeout = 0`,
    );
    await client.query(sql);
    await client.query(
      'INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)',
      [number, name, checksum],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Runs one file and records it, in one transaction; a busy table is tried again. Throws with file and line. */
export async function apply(
  client: Client,
  migration: Migration,
  runtimeRole: string,
  log?: (line: string) => void,
): Promise<void> {
  const sql = migration.sql.replaceAll('{{runtime_role}}', escapeIdentifier(runtimeRole));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await applyOnce(client, migration, sql);
      return;
    } catch (error) {
      if (isLockTimeout(error) && attempt < LOCK_ATTEMPTS) {
        log?.(`${migration.name} waits for a busy table (attempt ${attempt})`);
        await pause(PAUSE_BETWEEN_ATTEMPTS_MS);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `Migration ${migration.name} failed and was rolled back: ${placeIn(sql, error)}${reason}`,
        { cause: error },
      );
    }
  }
}
