import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@quayside/dev';

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** Superuser's connection string, database `postgres`. */
  adminUrl: string;
}

let shared: Promise<TestPostgres> | undefined;

/**
 * The server that the tests of this process share: the one that TEST_POSTGRES_ADMIN_URL names, else one of its
 * own in a temporary folder, started at the first call and gone with the process.
 */
export function testPostgres(): Promise<TestPostgres> {
  shared ??= connectOrStart();
  return shared;
}

async function connectOrStart(): Promise<TestPostgres> {
  const adminUrl = process.env.TEST_POSTGRES_ADMIN_URL;
  if (adminUrl !== undefined && adminUrl !== '') return { adminUrl };
  const dataDir = join(tmpdir(), `quayside-test-postgres-${randomBytes(6).toString('hex')}`);
  return startPostgres({ dataDir, forTests: true });
}
