import assert from 'node:assert/strict';
import net from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { credentials, makeClientConstructor } from '@grpc/grpc-js';
import type { Client } from '@grpc/grpc-js';
import { services } from '@quayside/contracts';
import { createHttpApp } from '@quayside/http';
import { access } from '@quayside/identity';
import { everyMethod, rpcService } from '@quayside/rpc';
import { logger } from '@quayside/telemetry';
import { service as healthDefinition } from 'grpc-health-check';
import { startService } from '../src/index';
import type { RunningService, ServiceDefinition, ServiceParts, StartOptions } from '../src/index';
import { emptyDatabase } from './postgres';

const base = {
  LOG_LEVEL: 'fatal',
  ADMIN_HOST: '127.0.0.1',
  ADMIN_PORT: '0',
  GRPC_HOST: '127.0.0.1',
  GRPC_PORT: '0',
  HTTP_HOST: '127.0.0.1',
  HTTP_PORT: '0',
  SERVICE_TOKEN_SECRET: 'a-secret-of-at-least-32-characters',
};

const running: RunningService[] = [];

type Build = ServiceDefinition['build'];

async function start(
  build: Build,
  env: Record<string, string> = {},
  options: StartOptions = {},
): Promise<RunningService> {
  const uses = 'DATABASE_URL' in env;
  const definition: ServiceDefinition = {
    name: 'orders',
    settings: {},
    without: uses ? [] : ['database', 'kafka'],
    build,
  };
  const service = await startService(definition, { ...base, ...env }, options);
  running.push(service);
  return service;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop({ quick: true })));
});

/** Accepts nobody; a service that is given it needs no keys. */
const verifier: StartOptions['verifier'] = { verify: () => Promise.reject(new Error('nobody')) };

async function readiness({ ports }: RunningService) {
  const answer = await fetch(`http://127.0.0.1:${ports.admin}/readyz`);
  const report = (await answer.json()) as {
    status: string;
    dependencies: Record<string, { status: string }>;
  };
  return { code: answer.status, ...report };
}

/** auth, as far as others need it to become ready; `asked` counts. */
function authService(asked: { times: number }): ServiceParts {
  const refuse = () => Promise.reject(new Error('not here'));
  const auth = rpcService(services.auth, everyMethod(services.auth, access.public), {
    ...everyMethod(services.auth, refuse),
    GetJwks: () => {
      asked.times += 1;
      return Promise.resolve({ jwksJson: JSON.stringify({ keys: [] }) });
    },
  });
  return { rpc: [auth], verifier };
}

const isRefused = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket
      .on('error', () => resolve(true))
      .on('connect', () => {
        socket.destroy();
        resolve(false);
      });
  });

describe('startService', () => {
  it('serves what was built, tells when it is ready, and closes all of it', async () => {
    const order: string[] = [];
    const service = await start(
      ({ settings, draining }) => {
        draining.addEventListener('abort', () => order.push('streams end'));
        assert.equal(settings.SHUTDOWN_TIMEOUT_MS, 20_000);
        return {
          http: createHttpApp({ configure: () => undefined }),
          onReady: () => order.push('ready'),
          close: () => Promise.resolve(void order.push('closed')),
          jobs: [{ name: 'once', everyMs: 60_000, run: () => Promise.resolve() }],
        };
      },
      {},
      { verifier },
    );
    const { http, admin, grpc } = service.ports;
    assert.equal((await readiness(service)).code, 200);
    assert.equal((await fetch(`http://127.0.0.1:${http}/nothing`)).status, 404);
    assert.equal(grpc, undefined);
    await service.stop();
    await service.stop();
    assert.deepEqual(order, ['ready', 'streams end', 'closed']);
    assert.deepEqual(await Promise.all([isRefused(http!), isRefused(admin)]), [true, true]);
  });

  it('answers grpc.health.v1 by its readiness', async () => {
    const service = await start(() => authService({ times: 0 }), { DRAIN_DELAY_MS: '1000' });
    const Health = makeClientConstructor(healthDefinition, 'Health');
    const client = new Health(`127.0.0.1:${service.ports.grpc}`, credentials.createInsecure());
    const check = () =>
      new Promise<string>((resolve, reject) => {
        type Check = (
          request: object,
          done: (error: Error | null, answer: { status: string }) => void,
        ) => void;
        const { check: ask } = client as unknown as { check: Check };
        ask.call(client, { service: '' }, (error, answer) =>
          error ? reject(error) : resolve(answer.status),
        );
      });
    assert.equal(await check(), 'SERVING');
    const stopped = service.stop();
    assert.equal(await check(), 'NOT_SERVING');
    assert.equal((await readiness(service)).code, 503);
    (client as Client).close();
    await stopped;
  });

  it('has the keys of auth before it is ready, and stays ready when auth goes away', async () => {
    const asked = { times: 0 };
    const auth = await start(() => authService(asked));
    const AUTH_ADDRESS = `127.0.0.1:${auth.ports.grpc}`;
    const service = await start(() => ({}), { AUTH_ADDRESS });
    assert.equal(asked.times, 1);
    await auth.stop({ quick: true });
    assert.equal((await readiness(service)).code, 200);
  });

  it('waits for auth, and gives up when told to', async () => {
    const stopping = new AbortController();
    const { signal } = stopping;
    let built = false;
    const starting = start(
      () => {
        built = true;
        setTimeout(() => stopping.abort(), 100);
        return {};
      },
      { AUTH_ADDRESS: '127.0.0.1:1' },
      { signal },
    );
    await assert.rejects(starting, /stopped while waiting for the keys of auth/);
    assert.equal(built, true);
  });

  it('is ready without Kafka, says so, and ends in time', async () => {
    const database = await emptyDatabase();
    try {
      const service = await start(() => ({ outbox: true, verifier }), {
        DATABASE_URL: database.runtimeUrl,
        KAFKA_BROKERS: '127.0.0.1:1',
      });
      const { code, dependencies } = await readiness(service);
      assert.equal(code, 200);
      assert.deepEqual([dependencies.database?.status, dependencies.kafka?.status], ['up', 'down']);
      const started = Date.now();
      await service.stop();
      assert.ok(Date.now() - started < 12_000);
    } finally {
      await database.drop();
    }
  });

  it('leaves nothing open when it cannot start', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as net.AddressInfo;
        server.close(() => resolve(free));
      });
    });
    const failing = () => Promise.reject(new Error('cannot be built'));
    await assert.rejects(start(failing, { ADMIN_PORT: String(port) }), /cannot be built/);
    assert.equal(await isRefused(port), true);
    await assert.rejects(
      start(() => ({})),
      /AUTH_ADDRESS is not set/,
    );
    await assert.rejects(
      start(({ database }) => void database.ping() as never),
      /DATABASE_URL is not set/,
    );
  });

  it('logs from the level that its settings say', async () => {
    await start(() => ({}), { LOG_LEVEL: 'error' }, { verifier });
    assert.equal(logger.level, 'error');
  });
});
