import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** One service's database and its two roles. */
export interface DatabaseSpec {
  name: string;
  /** Owns the database and runs the migrations. */
  owner: Role;
  /** The running service's; migrations grant it what it needs. */
  runtime: Role;
}

/** A login role. */
export interface Role {
  name: string;
  password: string;
}

/** Connection strings of one database. */
export interface DatabaseUrls {
  owner: string;
  runtime: string;
}

/**
 * Makes what is missing of databases and roles and closes each database to all but its own roles.
 * Passwords are set to the given ones. Safe to repeat.
 */
export async function createDatabases(
  adminUrl: string,
  databases: DatabaseSpec[],
): Promise<Record<string, DatabaseUrls>> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC');
    for (const database of databases) await createDatabase(client, database);
  } finally {
    await client.end();
  }
  return Object.fromEntries(databases.map((spec) => [spec.name, urlsOf(adminUrl, spec)]));
}

/** The connection strings of a database on the server that `adminUrl` names. */
export function urlsOf(adminUrl: string, { name, owner, runtime }: DatabaseSpec): DatabaseUrls {
  return { owner: urlOf(adminUrl, name, owner), runtime: urlOf(adminUrl, name, runtime) };
}

async function createDatabase(client: Client, { name, owner, runtime }: DatabaseSpec) {
  await ensureRole(client, owner);
  await ensureRole(client, runtime);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  const [database, ownerName, runtimeName] = [name, owner.name, runtime.name].map(escapeIdentifier);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${ownerName}`);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${ownerName}, ${runtimeName}`);
}

async function ensureRole(client: Client, { name, password }: Role): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${escapeIdentifier(name)} LOGIN PASSWORD ${escapeLiteral(password)}`,
  );
}

function urlOf(adminUrl: string, database: string, role: Role): string {
  const url = new URL(adminUrl);
  url.username = role.name;
  url.password = role.password;
  url.pathname = `/${database}`;
  return url.href;
}
