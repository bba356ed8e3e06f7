import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { UserCaller } from '@quayside/identity';
import express, { type Response } from 'express';
import { createEventStreams } from './event-streams';

const caller: UserCaller = {
  kind: 'user',
  userId: 'ada',
  scopes: [],
  tokenId: 'token',
  issuedAt: 0,
  token: '',
};

/** A server whose answers a test opens as streams itself; a user may have one, all together three. */
async function streamsIn(t: TestContext) {
  const draining = new AbortController();
  const revoked = { value: false };
  const streams = createEventStreams({
    read: () => Promise.resolve([]),
    isRevoked: () => revoked.value,
    draining: draining.signal,
    heartbeatMs: 60_000,
    slowReaderMs: 60_000,
    perUser: 1,
    max: 3,
  });
  const asked: Response[] = [];
  const app = express().get('/', (_request, response) => void asked.push(response));
  const server = http.createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    draining.abort();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  /** Resolves with the answers to be made of so many requests over one connection. */
  async function ask(count: number, method = 'GET') {
    const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write(`${method} / HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(count));
    while (asked.length < count) await once(server, 'request');
    return { socket, responses: asked.splice(0) };
  }
  const open = (to: Response, userId = caller.userId) =>
    streams.open({ ...caller, userId }, to, 0n);
  return { revoked, ask, open };
}

const left = async (response: Response, client: net.Socket) => {
  const closed = once(response.req.socket, 'close');
  client.destroy();
  await closed;
};

test('a client that left before its stream began, or behind another answer, keeps no place', async (t) => {
  const { ask, open } = await streamsIn(t);
  const early = await ask(1);
  await left(early.responses[0]!, early.socket);
  open(early.responses[0]!);
  const behind = await ask(2);
  open(behind.responses[1]!);
  await left(behind.responses[1]!, behind.socket);
  const late = await ask(2);
  await left(late.responses[1]!, late.socket);
  open(late.responses[1]!);
  open((await ask(1)).responses[0]!);
});

test('a replica holds so many streams and no more, whosever they are; one that ends makes room', async (t) => {
  const { ask, open } = await streamsIn(t);
  const first = await ask(1);
  open(first.responses[0]!, 'bob');
  for (const userId of ['eve', 'sam']) open((await ask(1)).responses[0]!, userId);
  const { responses } = await ask(1);
  assert.throws(() => open(responses[0]!), { code: 'unavailable' });
  await left(first.responses[0]!, first.socket);
  open(responses[0]!);
});

test('a session that ended while the place to begin was looked up gets no stream', async (t) => {
  const { ask, open, revoked } = await streamsIn(t);
  const { responses } = await ask(1);
  revoked.value = true;
  assert.throws(() => open(responses[0]!), { code: 'unauthenticated' });
});

test('HEAD is answered with the headers alone and keeps no place', async (t) => {
  const { ask, open } = await streamsIn(t);
  const { socket, responses } = await ask(1, 'HEAD');
  open(responses[0]!);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  assert.match(String(bytes), /^HTTP\/1\.1 200 [^]*content-type: text\/event-stream[^]*\r\n\r\n$/i);
  open((await ask(1)).responses[0]!);
});
