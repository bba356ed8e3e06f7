import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@quayside/database';
import { createDatabases, urlsOf, type DatabaseSpec } from '@quayside/dev';
import { Client, escapeIdentifier } from 'pg';
import { testPostgres } from './postgres';

/** A database of a test's own, migrated. */
export interface TestDatabase {
  /** As the running service's role. */
  url: string;
  /** As the role that owns the tables. */
  ownerUrl: string;
  /** As the superuser, in this database. */
  adminUrl: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Any fixed number, for the advisory lock under which templates are made. */
const TEMPLATE_LOCK = 7_305_001;

/**
 * A fresh database with the service's migrations in it, and the service's two roles. The migrations run once
 * per server and content, into a template; each call copies the template.
 */
export async function testDatabase(
  service: string,
  migrationsFolder?: string,
): Promise<TestDatabase> {
  const { adminUrl } = await testPostgres();
  const template = await withAdmin(adminUrl, async (client) => {
    // Two test files may come at once; a lock on the server holds across processes.
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    return ensureTemplate(client, adminUrl, service, migrationsFolder);
  });
  const spec = specOf(`${service}_${randomBytes(6).toString('hex')}`, service);
  const name = escapeIdentifier(spec.name);
  const [owner, runtime] = [spec.owner.name, spec.runtime.name].map(escapeIdentifier);
  await withAdmin(adminUrl, async (client) => {
    await client.query(
      `CREATE DATABASE ${name} TEMPLATE ${escapeIdentifier(template)} OWNER ${owner}`,
    );
    // A copy does not take over the template's access list.
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${owner}, ${runtime}`);
  });
  const urls = urlsOf(adminUrl, spec);
  return {
    url: urls.runtime,
    ownerUrl: urls.owner,
    adminUrl: databaseUrl(adminUrl, spec.name),
    drop: () =>
      withAdmin(adminUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

async function ensureTemplate(
  client: Client,
  adminUrl: string,
  service: string,
  folder: string | undefined,
): Promise<string> {
  const template = `template_${service}_${contentHash(folder)}`;
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
  if (rowCount !== 0) return template;
  const spec = specOf(`unfinished_${template}`, service);
  const unfinished = escapeIdentifier(spec.name);
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  const urls = await createDatabases(adminUrl, [spec]);
  const url = urls[spec.name]?.owner;
  if (folder !== undefined && url !== undefined) {
    await migrate({ url, folder, runtimeRole: spec.runtime.name });
  }
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${escapeIdentifier(template)}`);
  return template;
}

function specOf(name: string, service: string): DatabaseSpec {
  const password = 'test';
  return {
    name,
    owner: { name: `${service}_owner`, password },
    runtime: { name: `${service}_app`, password },
  };
}

function contentHash(folder: string | undefined): string {
  const hash = createHash('sha256');
  const files = folder === undefined ? [] : readdirSync(folder).sort();
  for (const file of files) hash.update(file).update(readFileSync(join(folder ?? '', file)));
  return hash.digest('hex').slice(0, 12);
}

async function withAdmin<T>(adminUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await use(client);
  } finally {
    // Ends the session, and with it the advisory lock.
    await client.end();
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
