import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import type { Client, ClientDuplexStream, ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { service as healthService } from 'grpc-health-check';
import {
  deferred,
  startClient,
  startPlainClient,
  startProxy,
  startServer,
  until,
  type StartOptions,
} from './fixture';

interface HealthClient {
  Check(
    request: { service: string },
    callback: (error: ServiceError | null, answer?: { status: string }) => void,
  ): void;
  Watch(request: { service: string }): ClientReadableStream<{ status: string }>;
}

interface ReflectionClient {
  ServerReflectionInfo(): ClientDuplexStream<object, unknown>;
}

type Test = Parameters<typeof startServer>[0];

function startHealthClient(t: Test, address: string) {
  const client = startPlainClient(t, healthService, address) as Client & HealthClient;
  const check = (service = '') =>
    new Promise<string>((resolve) => {
      client.Check({ service }, (error, answer) => resolve(error?.message ?? answer?.status ?? ''));
    });
  return { client, check };
}

/** Whose Login waits until it is told to answer. */
async function startWaiting(t: Test, options: StartOptions = {}) {
  const begun = deferred();
  const answer = deferred();
  const server = await startServer(t, {
    ...options,
    handlers: {
      Login: async () => {
        begun.resolve();
        await answer.promise;
        return { userId: 'ada' };
      },
    },
  });
  return { server, begun: begun.promise, answer: answer.resolve };
}

describe('a drain', () => {
  test('finishes what is under way and takes nothing new', async (t) => {
    const { server, begun, answer } = await startWaiting(t);
    const client = startClient(t, server.address);
    const call = client.Login({});
    await begun;
    let drained = false;
    const draining = server.drain(10_000).then(() => (drained = true));
    await assert.rejects(client.Logout({}), { code: 'unavailable' });
    await assert.rejects(startClient(t, server.address).Logout({}), { code: 'unavailable' });
    assert.equal(drained, false);
    answer();
    assert.equal((await call).userId, 'ada');
    await draining;
  });

  test('does not wait for idle connections', async (t) => {
    const server = await startServer(t);
    const client = startClient(t, server.address);
    await client.Logout({});
    const before = Date.now();
    await server.drain(10_000);
    assert.ok(Date.now() - before < 5_000);
  });

  test('cuts off what takes too long', async (t) => {
    const { server, begun } = await startWaiting(t);
    const call = startClient(t, server.address).Login({});
    const rejected = assert.rejects(call, { code: 'unavailable' });
    await begun;
    const before = Date.now();
    await server.drain(100);
    assert.ok(Date.now() - before >= 95 && Date.now() - before < 5_000);
    await rejected;
  });

  test('waits for calls on a connection that is closing of age', async (t) => {
    const { server, begun, answer } = await startWaiting(t, { maxConnectionAgeMs: 50 });
    const { address, counted } = await startProxy(t, server.port);
    const client = startClient(t, address);
    const call = client.Login({});
    await begun;
    // Once its first connection has been told to go, the client makes a second one.
    await until(async () => {
      await client.Logout({});
      return counted.made > 1;
    });
    let drained = false;
    const draining = server.drain(10_000).then(() => (drained = true));
    await until(() => counted.open === 1);
    assert.equal(drained, false);
    answer();
    assert.equal((await call).userId, 'ada');
    await draining;
  });

  test('ends the streams of those who watch the health', async (t) => {
    const server = await startServer(t);
    const { client } = startHealthClient(t, server.address);
    const seen: string[] = [];
    const watch = client.Watch({ service: '' });
    watch.on('data', ({ status }: { status: string }) => seen.push(status));
    const ended = new Promise((resolve) => watch.on('end', resolve));
    await until(() => seen.length === 1);
    const before = Date.now();
    await server.drain(10_000);
    assert.ok(Date.now() - before < 5_000);
    await ended;
    assert.deepEqual(seen, ['SERVING', 'NOT_SERVING']);
  });
});

describe('what every server has', () => {
  test('health, of the whole and of each service', async (t) => {
    const server = await startServer(t);
    const { check } = startHealthClient(t, server.address);
    assert.equal(await check(), 'SERVING');
    assert.equal(await check('quayside.auth.v1.AuthService'), 'SERVING');
    server.health.setServing(false);
    assert.equal(await check(), 'NOT_SERVING');
    assert.equal(await check('quayside.auth.v1.AuthService'), 'NOT_SERVING');
    assert.match(await check('nobody'), /NOT_FOUND/);
  });

  test('reflection, as grpcurl uses it', async (t) => {
    const server = await startServer(t);
    const main = createRequire(import.meta.url).resolve('@grpc/reflection');
    const loaded = loadSync(join(dirname(main), '../proto/grpc/reflection/v1/reflection.proto'));
    const service = loaded['grpc.reflection.v1.ServerReflection']!;
    const client = startPlainClient(t, service, server.address) as Client & ReflectionClient;
    const stream = client.ServerReflectionInfo().on('error', () => undefined);
    const answer = new Promise((resolve) => stream.once('data', resolve));
    stream.write({ listServices: '*' });
    const { listServicesResponse } = (await answer) as {
      listServicesResponse: { service: { name: string }[] };
    };
    const names = listServicesResponse.service.map(({ name }) => name);
    assert.deepEqual(names, ['quayside.auth.v1.AuthService']);
    stream.end();
  });

  test('a limit on the size of a request', async (t) => {
    const { address } = await startServer(t);
    const client = startClient(t, address);
    await assert.rejects(client.Login({ email: 'x'.repeat(2 * 1024 * 1024) }));
    assert.ok(await client.Login({ email: 'x'.repeat(512 * 1024) }));
  });
});
