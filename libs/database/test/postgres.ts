import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// libs/testing stands on this library, so its tests go one step deeper, to the server itself.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { createDatabases, startPostgres } from '@quayside/dev';
import { Client, escapeIdentifier } from 'pg';

let shared: Promise<string> | undefined;

async function startServer(): Promise<string> {
  const given = process.env.TEST_POSTGRES_ADMIN_URL;
  if (given) return given;
  const dataDir = join(tmpdir(), `quayside-test-postgres-${randomBytes(6).toString('hex')}`);
  return (await startPostgres({ dataDir, forTests: true })).adminUrl;
}

/** An empty database with an owner and a runtime role. */
export interface EmptyDatabase {
  ownerUrl: string;
  runtimeUrl: string;
  adminUrl: string;
  runtimeRole: string;
  drop(): Promise<void>;
}

/** Makes one on the server that this process's tests share. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const adminUrl = await (shared ??= startServer());
  const name = `database_test_${randomBytes(6).toString('hex')}`;
  const [owner, runtime] = ['owner', 'app'].map((kind) => ({
    name: `${name}_${kind}`,
    password: 'test',
  })) as [{ name: string; password: string }, { name: string; password: string }];
  const urls = (await createDatabases(adminUrl, [{ name, owner, runtime }]))[name]!;
  const own = new URL(adminUrl);
  own.pathname = `/${name}`;
  return {
    ownerUrl: urls.owner,
    runtimeUrl: urls.runtime,
    adminUrl: own.href,
    runtimeRole: runtime.name,
    drop: async () => {
      await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      await asAdmin(adminUrl, `DROP ROLE ${owner.name}, ${runtime.name}`);
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function asAdmin(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
