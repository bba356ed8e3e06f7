import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { sendProblem } from '@quayside/http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import request from 'supertest';
import type { ApiOperation } from './document';
import { limitByAddress } from './limit-by-address';
import { createLimits } from './rate-limits';

const MOST = { address: 6, login: 2 };
const limits = {
  address: limit('address', MOST.address),
  api: limit('api', 1000),
  login: limit('login', MOST.login),
};
function limit(name: string, most: number) {
  return { name, limit: most, windowSeconds: 60, per: 'address', shared: false } as const;
}

const documented: ApiOperation[] = [
  {
    ...{ operationId: 'login', method: 'post', path: '/things/{thingId}/login' },
    ...{ access: { kind: 'public' }, rateLimit: 'login' },
  },
];

/** Counts every key of every limit by itself, for good. */
function limiter() {
  const counts = new Map<string, number>();
  const limitsOf = createLimits(limits, ({ name, limit: most }) => (key) => {
    const count = (counts.get(`${name} ${key}`) ?? 0) + 1;
    counts.set(`${name} ${key}`, count);
    return Promise.resolve({ allowed: count <= most, remaining: most - count, resetSeconds: 60 });
  });
  const check = limitByAddress(documented, limitsOf);
  const handler: RequestHandler = async (incoming, response, next) => {
    await check(incoming, response);
    next();
  };
  return handler;
}

const answerErrors: ErrorRequestHandler = (error, _request, response, _next) =>
  sendProblem(response, error);

const server = createServer(
  express()
    .set('trust proxy', 1)
    .use(limiter(), express.json())
    .post('/things/:id/login', (_request, response) => void response.json({}))
    .use(answerErrors),
);
let port: number;
before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
});
after(() => new Promise((closed) => server.close(closed)));

const post = (address: string, path: string, body = '{}') =>
  request(server).post(path).set('x-forwarded-for', address).type('application/json').send(body);

/** The first line of the answer to a request whose body never comes. */
async function answerWithoutBody(address: string, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const headers = ['Host: a', `X-Forwarded-For: ${address}`, 'Content-Type: application/json'];
  socket.write([`POST ${path} HTTP/1.1`, ...headers, 'Content-Length: 1000', '\r\n'].join('\r\n'));
  const [text] = (await once(socket, 'data')) as [string];
  socket.destroy();
  return text.split('\r\n', 1).join('');
}

test('who sends too many bodies is refused before the next one is read, also where none can be parsed', async () => {
  const address = '192.0.2.1';
  assert.equal((await post(address, '/things/7/login')).status, 200);
  assert.equal((await post(address, '/Things/8/login/', '{')).status, 400);
  assert.match(await answerWithoutBody(address, '/things/9/login'), / 429 /);
  const { status, headers } = await post(address, '/things/9/login');
  assert.deepEqual([status, headers['ratelimit-policy']], [429, '"login";q=2;w=60']);
  assert.equal((await post('192.0.2.2', '/things/9/login')).status, 200);
});

test('every request counts, whatever it asks for', async () => {
  const address = '192.0.2.3';
  for (const path of ['/nothing', '/things', '/%ff', '/things/1/login', '/', '/a/b/c']) {
    const { headers } = await post(address, path, '[');
    assert.match(headers['ratelimit-policy'] ?? '', path.endsWith('login') ? /login/ : /address/);
  }
  assert.match(await answerWithoutBody(address, '/nothing'), / 429 /);
  assert.match(await answerWithoutBody(address, '/things/1/login'), / 429 /);
});
