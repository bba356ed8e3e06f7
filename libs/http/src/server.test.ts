import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import net from 'node:net';
import { describe, it, mock } from 'node:test';
import { createHttpServer } from './server';

interface Answer {
  status: number;
  connection: string | undefined;
  body: string;
}

function get(port: number, agent?: http.Agent, path = '/'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .get({ port, path, host: '127.0.0.1', agent }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => {
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, connection: headers.connection, body });
        });
        response.on('error', reject);
      })
      .on('error', reject);
  });
}

/** A server whose answers wait until they are let go. */
async function heldServer() {
  const held: ServerResponse[] = [];
  const arrivals: (() => void)[] = [];
  const handler: RequestListener = (request, response) => {
    if (request.url !== '/') {
      response.end(request.url);
      return;
    }
    held.push(response);
    arrivals.splice(0).forEach((arrived) => arrived());
  };
  const server = createHttpServer(handler, { host: '127.0.0.1', port: 0 });
  const port = await server.listen();
  const arrived = async (count: number) => {
    while (held.length < count) await new Promise<void>((resolve) => arrivals.push(resolve));
  };
  return { server, port, held, arrived };
}

describe('an HTTP server', () => {
  it('rejects when its port is taken', async () => {
    const { server, port } = await heldServer();
    const second = createHttpServer(() => undefined, { host: '127.0.0.1', port });
    await assert.rejects(second.listen(), /EADDRINUSE/);
    await server.drain(1_000);
  });

  it('answers every request that arrived before the drain and closes its connection', async () => {
    const { server, port, held, arrived } = await heldServer();
    const agent = new http.Agent({ keepAlive: true });
    const answers = Array.from({ length: 8 }, () => get(port, agent));
    await arrived(8);
    const drained = server.drain(5_000);
    for (const response of held) response.end('done');
    for (const answer of await Promise.all(answers)) {
      assert.deepEqual(answer, { status: 200, connection: 'close', body: 'done' });
    }
    assert.deepEqual(await drained, { cut: 0 });
    agent.destroy();
  });

  it('answers pipelined requests that arrived before the drain, all of them', async () => {
    const { server, port, held, arrived } = await heldServer();
    const socket = net.connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3));
    await arrived(3);
    const drained = server.drain(5_000);
    for (const response of held) response.end('done');
    await once(socket, 'close');
    assert.equal(received.match(/200 OK/g)?.length, 3);
    assert.equal(received.match(/Connection: close/g)?.length, 1);
    assert.deepEqual(await drained, { cut: 0 });
  });

  it('answers a request whose bytes are still unread when the drain begins', async () => {
    const { server, port } = await heldServer();
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.write('GET /late HTTP/1.1\r\nHost: a\r\n\r\n');
    // Long enough for the bytes to arrive, while this thread, and so the server in it, reads nothing.
    const until = Date.now() + 50;
    while (Date.now() < until);
    const drained = server.drain(5_000);
    await once(socket, 'close');
    assert.match(received, /200 OK[\s\S]*Connection: close[\s\S]*\/late$/);
    assert.deepEqual(await drained, { cut: 0 });
  });

  it('answers a request on an idle connection that comes just after the drain began', async () => {
    const { server, port } = await heldServer();
    const socket = net.connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.write('GET /first HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    const drained = server.drain(5_000);
    socket.write('GET /second HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'close');
    assert.match(received, /\/first[\s\S]*200 OK[\s\S]*Connection: close[\s\S]*\/second$/);
    await drained;
  });

  it('is left by its clients before it drains, once it retires', async () => {
    const { server, port, held, arrived } = await heldServer();
    const agent = new http.Agent({ keepAlive: true });
    const ask = async () => {
      const answer = get(port, agent);
      await arrived(1);
      held.splice(0).forEach((response) => response.end('ok'));
      return (await answer).connection;
    };
    assert.equal(await ask(), 'keep-alive');
    server.retire();
    assert.equal(await ask(), 'close');
    assert.equal(await ask(), 'close', 'a new connection is still accepted');
    assert.deepEqual(await server.drain(1_000), { cut: 0 });
    agent.destroy();
  });

  it('closes idle connections and accepts no new ones', async () => {
    const { server, port } = await heldServer();
    const idle = net.connect(port, '127.0.0.1');
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    const started = Date.now();
    assert.deepEqual(await server.drain(5_000), { cut: 0 });
    await closed;
    assert.ok(Date.now() - started < 2_000, 'an idle connection held up the drain');
    await assert.rejects(get(port), /ECONNREFUSED/);
  });

  it('cuts what is not answered in time and says how much', async () => {
    const { server, port, arrived } = await heldServer();
    const hanging = assert.rejects(get(port), /hang up|ECONNRESET/);
    await arrived(1);
    const started = Date.now();
    assert.deepEqual(await server.drain(300), { cut: 1 });
    assert.ok(Date.now() - started < 2_000);
    await hanging;
  });

  it('drains again, or without having listened, without harm', async () => {
    const { server } = await heldServer();
    await server.drain(1_000);
    assert.deepEqual(await server.drain(1_000), { cut: 0 });
    const never = createHttpServer(() => undefined, { host: '127.0.0.1', port: 0 });
    assert.deepEqual(await never.drain(1_000), { cut: 0 });
  });

  it('keeps an idle connection longer than the 60 seconds of usual load balancers', async () => {
    const { server, port } = await heldServer();
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET /x HTTP/1.1\r\nHost: a\r\n\r\n');
    const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    assert.match(answer, /Keep-Alive: timeout=65/);
    socket.destroy();
    await server.drain(1_000);
  });

  it('shows its listeners only what is let in, and owes the rest an answer all the same', async () => {
    const shown: (string | undefined)[] = [];
    const server = createHttpServer(
      (request, response) => {
        shown.push(request.url);
        response.end('let in');
      },
      {
        host: '127.0.0.1',
        port: 0,
        admit(request, response) {
          if (request.url !== '/full') return true;
          response.writeHead(503).end('turned away');
          return false;
        },
      },
    );
    const port = await server.listen();
    const agent = new http.Agent({ keepAlive: true });
    // As instrumentation does it, which would make a span.
    const emit = mock.method(http.Server.prototype, 'emit');
    const full = await get(port, agent, '/full');
    assert.deepEqual(full, { status: 503, connection: 'keep-alive', body: 'turned away' });
    assert.equal((await get(port, agent)).body, 'let in');
    assert.deepEqual(shown, ['/']);
    const told = emit.mock.calls.filter((call) => (call.arguments[0] as string) === 'request');
    assert.equal(told.length, 1);
    emit.mock.restore();
    server.retire();
    assert.equal((await get(port, agent, '/full')).connection, 'close');
    assert.deepEqual(await server.drain(1_000), { cut: 0 });
    agent.destroy();
  });

  it('gives a client 20 s for the headers and 60 s for a request', async (context) => {
    const listen = context.mock.method(net.Server.prototype, 'listen');
    const server = createHttpServer(() => undefined, { host: '127.0.0.1', port: 0 });
    await server.listen();
    const made = listen.mock.calls[0]?.this as http.Server;
    assert.deepEqual([made.headersTimeout, made.requestTimeout], [20_000, 60_000]);
    await server.drain(1_000);
  });

  it('cuts who sends headers or a body drop by drop, and goes on serving others', async () => {
    const limits = { headersTimeoutMs: 300, requestTimeoutMs: 600 };
    const server = createHttpServer(
      (request, response) => request.resume().on('end', () => response.end('done')),
      { host: '127.0.0.1', port: 0, ...limits },
    );
    const port = await server.listen();
    const drip = async (begin: string, drop: string) => {
      const socket = net.connect(port, '127.0.0.1');
      let received = '';
      socket.setEncoding('utf8').on('data', (text: string) => (received += text));
      socket.on('error', () => undefined);
      socket.write(begin);
      const dripping = setInterval(() => socket.write(drop), 50);
      await once(socket, 'close');
      clearInterval(dripping);
      return received;
    };
    const slow = [
      drip('GET / HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'),
      drip('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n', 'x'),
    ];
    assert.equal((await get(port)).body, 'done');
    for (const answer of await Promise.all(slow)) assert.match(answer, /^HTTP\/1.1 408/);
    assert.deepEqual(await server.drain(1_000), { cut: 0 });
  });
});
