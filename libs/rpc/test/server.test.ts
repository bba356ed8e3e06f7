import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClientDuplexStream, ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { service as healthService } from 'grpc-health-check';
import { deferred, startClient, startPlainClient, startServer, until } from './fixture';

interface HealthClient {
  Check(
    request: { service: string },
    callback: (error: ServiceError | null, answer?: { status: string }) => void,
  ): void;
  Watch(request: { service: string }): ClientReadableStream<{ status: string }>;
}

type Test = Parameters<typeof startServer>[0];

function startHealthClient(t: Test, address: string) {
  const client = startPlainClient<HealthClient>(t, healthService, address);
  const check = (service = '') =>
    new Promise<string>((resolve) => {
      client.Check({ service }, (error, answer) => resolve(error?.message ?? answer?.status ?? ''));
    });
  return { client, check };
}

/** Whose Login waits until it is told to answer. */
async function startWaiting(t: Test) {
  const begun = deferred();
  const answer = deferred();
  const server = await startServer(t, {
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

  test('ends the streams of those who watch the health', async (t) => {
    const server = await startServer(t);
    const { client } = startHealthClient(t, server.address);
    const seen: string[] = [];
    const watch = client.Watch({ service: '' }).on('data', ({ status }) => seen.push(status));
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
    const folder = require.resolve('@grpc/reflection/package.json').replace('package.json', '');
    const loaded = loadSync(`${folder}proto/grpc/reflection/v1/reflection.proto`);
    const client = startPlainClient<{
      ServerReflectionInfo(): ClientDuplexStream<object, Record<string, unknown>>;
    }>(t, loaded['grpc.reflection.v1.ServerReflection']!, server.address);
    const stream = client.ServerReflectionInfo();
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
