import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// eslint-disable-next-line @nx/enforce-module-boundaries -- libs/testing may use this library: its tests go to the server itself
import { createDatabases, startPostgres } from '@quayside/dev';
import { Client, escapeIdentifier } from 'pg';

/** An empty database for a service called `orders`. */
export interface EmptyDatabase {
  ownerUrl: string;
  runtimeUrl: string;
  drop(): Promise<void>;
}

async function startServer(): Promise<string> {
  const given = process.env.TEST_POSTGRES_ADMIN_URL;
  if (given) return given;
  const dataDir = join(tmpdir(), `quayside-test-postgres-${randomBytes(6).toString('hex')}`);
  return (await startPostgres({ dataDir, forTests: true })).adminUrl;
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Makes one on the server that the tests share. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const adminUrl = await startServer();
  const name = `chassis_test_${randomBytes(6).toString('hex')}`;
  const owner = { name: `${name}_owner`, password: 'test' };
  const runtime = { name: `${name}_app`, password: 'test' };
  const urls = (await createDatabases(adminUrl, [{ name, owner, runtime }]))[name]!;
  return {
    ownerUrl: urls.owner,
    runtimeUrl: urls.runtime,
    async drop() {
      await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      await asAdmin(adminUrl, `DROP ROLE ${owner.name}, ${runtime.name}`);
    },
  };
}
