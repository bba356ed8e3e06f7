import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { services } from '@quayside/contracts';
import { createRpcClient } from '@quayside/rpc';
import { startChild } from './child';
import type { Child } from './child';
import { emptyDatabase } from './postgres';
import { proxyTo } from './proxy';

const children: Child[] = [];

function start(env?: Record<string, string | undefined>, args?: string[]): Child {
  const child = startChild(env, args);
  children.push(child);
  return child;
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await child.exited;
  }
});

/** A port that was free a moment ago; for what must be known before the child listens on it. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const migrations = 'libs/chassis/test/fixture/migrations';

interface Readiness {
  code: number;
  status: string;
  waitingFor?: string;
  dependencies: Record<string, { status: string }>;
}

async function readiness(admin: number): Promise<Readiness> {
  const { status: code, body } = await get(admin, '/readyz');
  return { ...(JSON.parse(body) as Omit<Readiness, 'code'>), code };
}

interface Answer {
  status: number;
  connection: string | undefined;
  body: string;
}

function get(port: number, path: string, agent?: http.Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, agent }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('error', reject).on('end', () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, connection: headers.connection, body });
        });
      })
      .on('error', reject);
  });
}

/** Asks until the answer is as wanted; the test's own time limit ends it otherwise. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const arrived = (child: Child, count?: number) =>
  child.logged(({ message }) => message === 'Arrived', count);
const draining = (child: Child) => child.logged(({ message }) => message === 'Draining');
const steps = (child: Child) =>
  child.lines.flatMap(({ step, level }) => (step ? [[step, level]] : []));

describe('a running service', () => {
  it('answers every request that arrived before SIGTERM, over HTTP and gRPC, and ends with 0', async () => {
    const child = start({ SLOW_MS: '400' });
    const ports = await child.ready;
    const client = createRpcClient({
      name: 'auth',
      definition: services.auth,
      address: `127.0.0.1:${ports.grpc}`,
    });
    const agent = new http.Agent({ keepAlive: true });
    // Every connection is used once before, so that it is a kept-alive one that the drain meets.
    await Promise.all(Array.from({ length: 10 }, () => get(ports.http!, '/ok', agent)));
    await client.GetJwks({});
    const answers = Array.from({ length: 10 }, () => get(ports.http!, '/slow', agent));
    const calls = Array.from({ length: 10 }, () => client.Logout({ refreshToken: 'r' }));
    await arrived(child, 20);
    child.kill('SIGTERM');
    await draining(child);
    const { code, status } = await readiness(ports.admin);
    assert.deepEqual([code, status], [503, 'draining']);

    for (const answer of await Promise.all(answers)) {
      assert.deepEqual(answer, { status: 200, connection: 'close', body: '{"greeting":"hello"}' });
    }
    assert.equal((await Promise.all(calls)).length, 10);
    assert.equal(await child.exited, 0);
    client.close();
    agent.destroy();
    assert.deepEqual(steps(child), [
      ['readiness', 'info'],
      ['grpc health', 'info'],
      ['keep-alive', 'info'],
      ['delay', 'info'],
      ['streams', 'info'],
      ...steps(child).slice(5, 7),
      ['jobs', 'info'],
      ['service', 'info'],
      ['clients', 'info'],
      ['telemetry', 'info'],
      ['admin port', 'info'],
    ]);
    assert.deepEqual(
      new Set(
        steps(child)
          .slice(5, 7)
          .map(([step]) => step),
      ),
      new Set(['http', 'grpc']),
    );
  });

  it('goes on serving during the drain delay, while not ready', async () => {
    const child = start({ DRAIN_DELAY_MS: '1000' });
    const ports = await child.ready;
    assert.equal((await get(ports.admin, '/readyz')).status, 200);
    child.kill('SIGTERM');
    await draining(child);
    assert.equal((await get(ports.admin, '/readyz')).status, 503);
    assert.equal((await get(ports.admin, '/livez')).status, 200);
    const answer = await get(ports.http!, '/ok');
    assert.deepEqual([answer.status, answer.body], [200, '{"greeting":"hello"}']);
    assert.equal(await child.exited, 0);
    const delay = child.lines.find(({ step }) => step === 'delay');
    assert.ok(Number(delay?.durationMs) >= 999);
  });

  it('ends streams by itself and does not wait for their readers', async () => {
    const child = start();
    const ports = await child.ready;
    const stream = get(ports.http!, '/stream');
    await arrived(child);
    child.kill('SIGINT');
    assert.match((await stream).body, /data: first[\s\S]*data: last/);
    assert.equal(await child.exited, 0);
  });

  it('cuts a handler that hangs when the time is up, says so, and still ends with 0', async () => {
    const child = start({ SHUTDOWN_TIMEOUT_MS: '1000' });
    const ports = await child.ready;
    const hanging = assert.rejects(get(ports.http!, '/hang'), /hang up|ECONNRESET/);
    await arrived(child);
    const started = Date.now();
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    await hanging;
    assert.equal(await child.exited, 0);
    assert.ok(Date.now() - started < 5_000);
    assert.equal(child.lines.find(({ step }) => step === 'http')?.cut, 1);
  });

  it('only notes a second signal', async () => {
    const child = start({ SLOW_MS: '500' });
    const ports = await child.ready;
    const slow = get(ports.http!, '/slow');
    await arrived(child);
    child.kill('SIGTERM');
    await draining(child);
    child.kill('SIGINT');
    const noted = await child.logged(({ message }) => message === 'Already draining');
    assert.equal(noted.reason, 'SIGINT');
    assert.equal((await slow).status, 200);
    assert.equal(await child.exited, 0);
  });

  it('after an uncaught exception answers what it still can and ends with 1', async () => {
    const child = start({ DRAIN_DELAY_MS: '60000' });
    const ports = await child.ready;
    assert.equal((await get(ports.http!, '/crash')).status, 200);
    assert.equal(await child.exited, 1);
    const fatal = child.lines.find(({ level }) => level === 'fatal');
    assert.match(JSON.stringify(fatal), /nobody catches this/);
  });

  it("logs Node's warnings", async () => {
    const child = start();
    const { http: port } = await child.ready;
    await get(port ?? 0, '/warn');
    const { level } = await child.logged(({ message }) => message === 'something to look at');
    assert.equal(level, 'warn');
    const others = child.lines.filter(({ level }) => level === 'text');
    assert.deepEqual(others, []);
  });

  it('ends when the process that started it is gone', async () => {
    const child = start();
    await child.ready;
    child.disconnect();
    assert.equal(await child.exited, 0);
    assert.match(String((await draining(child)).reason), /parent/);
  });
});

describe('a start', () => {
  it('that lacks settings lists all of them, shows no secret, and ends with 1', async () => {
    const child = start({ ADMIN_PORT: undefined, SLOW_MS: 'soon', SERVICE_TOKEN_SECRET: 'short' });
    assert.equal(await child.exited, 1);
    const { message } = await child.logged(({ level }) => level === 'fatal');
    for (const name of ['ADMIN_PORT', 'SLOW_MS', 'SERVICE_TOKEN_SECRET']) {
      assert.ok(message.includes(name), `${name} is not in: ${message}`);
    }
    assert.ok(!message.includes('short'));
  });

  it('reads settings from the files that X_FILE names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quayside-chassis-'));
    try {
      await writeFile(join(folder, 'secret'), 'a-mounted-secret-of-at-least-32-characters\n');
      await writeFile(join(folder, 'greeting'), 'from a file\n');
      const child = start({
        SERVICE_TOKEN_SECRET: undefined,
        SERVICE_TOKEN_SECRET_FILE: join(folder, 'secret'),
        GREETING_FILE: join(folder, 'greeting'),
      });
      const ports = await child.ready;
      assert.equal((await get(ports.http!, '/ok')).body, '{"greeting":"from a file"}');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('waits for its database and its migrations, not ready, and says what it waits for', async () => {
    const database = await emptyDatabase();
    const proxy = await proxyTo(database.runtimeUrl);
    const url = new URL(database.runtimeUrl);
    url.host = `127.0.0.1:${proxy.port}`;
    const admin = await freePort();
    const child = start({
      DATABASE_URL: url.href,
      MIGRATIONS_FOLDER: migrations,
      ADMIN_PORT: String(admin),
    });
    const waitsFor = (what: string) =>
      until(
        () => readiness(admin),
        ({ waitingFor }) => waitingFor === what,
      );
    try {
      const { code, status, dependencies } = await waitsFor('the database');
      assert.deepEqual([code, status, dependencies.database?.status], [503, 'starting', 'down']);
      assert.equal((await get(admin, '/livez')).status, 200);

      await proxy.open();
      await waitsFor('the migrations');
      const migrate = start(
        {
          MIGRATION_DATABASE_URL: database.ownerUrl,
          DATABASE_URL: database.runtimeUrl,
          MIGRATIONS_FOLDER: migrations,
        },
        ['migrate'],
      );
      assert.equal(await migrate.exited, 0, JSON.stringify(migrate.lines));
      await child.ready;
      assert.equal((await readiness(admin)).code, 200);
      // It can use what was migrated: the grants were for its own role.
      const { http: port } = await child.ready;
      assert.equal((await get(port!, '/things')).body, '{"things":[]}');

      await proxy.cut();
      const away = await until(
        () => readiness(admin),
        ({ dependencies }) => dependencies.database?.status === 'down',
      );
      assert.deepEqual([away.code, away.status], [200, 'ready']);
      child.kill('SIGTERM');
      assert.equal(await child.exited, 0);
    } finally {
      child.kill('SIGKILL');
      await child.exited;
      await database.drop();
    }
  });

  it('can be stopped while it waits', async () => {
    const child = start({ DATABASE_URL: 'postgres://u:p@127.0.0.1:1/d' });
    await child.logged(({ message }) => message === 'Waiting for the database');
    child.kill('SIGTERM');
    assert.equal(await child.exited, 0);
  });
});

describe('main.js migrate', () => {
  it('says what is missing and ends with 1', async () => {
    const child = start({}, ['migrate']);
    assert.equal(await child.exited, 1);
    const { message } = await child.logged(({ level }) => level === 'fatal');
    assert.match(message, /MIGRATION_DATABASE_URL is not set/);
  });
});
