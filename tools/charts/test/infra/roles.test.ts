import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { migrate } from '@quayside/database';
import { startPostgres, type Postgres } from '@quayside/dev';
import { Client } from 'pg';
import { inRepository } from '../../src/repository';
import { runPsqlScript } from './psql';

const files = inRepository('helm/charts/infra-local/files');
const script = readFileSync(join(files, 'roles.sql'), 'utf8');

let folder: string;
let server: Postgres;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-roles-'));
  server = await startPostgres({ dataDir: join(folder, 'data'), forTests: true });
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const variables = (service: string, password = 'first') => ({
  database: service,
  owner: `${service}_owner`,
  app: `${service}_app`,
  owner_password: `${password}-'"-owner`,
  app_password: `${password}-app`,
});

function urlOf(user: string, password: string, database: string): string {
  const url = new URL(server.adminUrl);
  Object.assign(url, { username: user, password: encodeURIComponent(password) });
  url.pathname = `/${database}`;
  return url.href;
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const makeRoles = (service: string, password?: string, url = server.adminUrl) =>
  connected(url, (client) => runPsqlScript(client, script, variables(service, password)));
const ask = (url: string, text: string) => connected(url, (client) => client.query(text));

test('the owner migrates, and the running service gets what the migrations grant and no more', async () => {
  await makeRoles('payments');
  const applied = await migrate({
    url: urlOf('payments_owner', variables('payments').owner_password, 'payments'),
    folder: inRepository('apps/payments/migrations'),
    runtimeRole: 'payments_app',
  });
  assert.ok(applied.length >= 3);
  const app = urlOf('payments_app', 'first-app', 'payments');
  await ask(app, 'SELECT * FROM accounts');
  await assert.rejects(ask(app, 'DELETE FROM transfers'), /permission denied for table transfers/);
  await assert.rejects(ask(app, 'CREATE TABLE mine ()'), /permission denied for schema public/);
  await assert.rejects(
    ask(app, 'CREATE TEMPORARY TABLE mine ()'),
    /permission denied to create temp/,
  );
  await assert.rejects(ask(app, 'CREATE DATABASE mine'), /permission denied to create database/);
});

test('a role enters its own database only', async () => {
  await makeRoles('payments');
  await makeRoles('users');
  for (const [role, password] of [
    ['users_app', 'first-app'],
    ['users_owner', variables('users').owner_password],
  ] as const) {
    await ask(urlOf(role, password, 'users'), 'SELECT 1');
    for (const database of ['payments', 'postgres', 'template1']) {
      const entered = ask(urlOf(role, password, database), 'SELECT 1');
      await assert.rejects(entered, /permission denied for database/, `${role} in ${database}`);
    }
  }
});

test('repeated, it sets the passwords and keeps the data', async () => {
  await makeRoles('auth');
  const owner = (password: string) =>
    urlOf('auth_owner', variables('', password).owner_password, 'auth');
  await ask(owner('first'), 'CREATE TABLE kept ()');
  await makeRoles('auth', 'second');
  await ask(owner('second'), 'SELECT * FROM kept');
  await assert.rejects(ask(owner('first'), 'SELECT 1'), /password authentication failed/);
});

test('an administrator without superuser rights can run it, as on a managed database', async () => {
  await ask(server.adminUrl, "CREATE ROLE clerk LOGIN CREATEROLE CREATEDB PASSWORD 'clerk'");
  await ask(server.adminUrl, 'GRANT CONNECT ON DATABASE postgres TO clerk');
  for (const _ of ['first', 'again']) {
    await makeRoles('ledger', 'first', urlOf('clerk', 'clerk', 'postgres'));
  }
  await ask(urlOf('ledger_app', 'first-app', 'ledger'), 'SELECT 1');
  const temporary = ask(urlOf('ledger_app', 'first-app', 'ledger'), 'CREATE TEMP TABLE mine ()');
  await assert.rejects(temporary, /permission denied to create temp/);
});

function hasPsql(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test(
  'the script of the container does the same with the real psql',
  { skip: hasPsql() ? false : 'no psql on PATH' },
  async () => {
    const { owner_password, app_password } = variables('gateway');
    writeFileSync(join(folder, 'owner-password'), owner_password);
    writeFileSync(join(folder, 'app-password'), app_password);
    const { hostname, port, password } = new URL(server.adminUrl);
    const env = { PATH: process.env.PATH, PGHOST: hostname, PGPORT: port, PGPASSWORD: password };
    await promisify(execFile)('sh', [join(files, 'roles.sh')], {
      env: { ...env, SERVICE: 'gateway', CREDENTIALS: folder, ROLES: files },
    });
    await ask(urlOf('gateway_app', app_password, 'gateway'), 'SELECT 1');
    await ask(urlOf('gateway_owner', owner_password, 'gateway'), 'CREATE TABLE mine ()');
  },
);
