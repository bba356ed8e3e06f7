import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { QuaysideError } from '@quayside/errors';
import { metrics } from '@quayside/telemetry';
import { Router } from 'express';
import type { Express } from 'express';
import request from 'supertest';
import { createHttpApp } from './app';
import { rawBodyOf } from './raw-body';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;

function orders(): Router {
  const router = Router();
  router.get('/:orderId', (_request, response) => void response.json({ ok: true }));
  router.post('/', (incoming, response) => void response.status(201).json(incoming.body));
  router.get('/:orderId/refuse', () => {
    throw new QuaysideError('insufficient_funds', 'There is not enough money.');
  });
  router.get('/:orderId/crash', async () => {
    await Promise.resolve();
    throw new Error('connect ECONNREFUSED 10.0.0.3:5432');
  });
  router.get('/:orderId/half', (_request, response) => {
    response.write('{"half":');
    throw new Error('the second half is missing');
  });
  return router;
}

const configure = (app: Express) => void app.use('/orders', orders());
const app = createHttpApp({ bodyLimit: '1kb', configure });

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
}

function assertProblem(
  answer: { status: number; headers: Record<string, string>; body: unknown },
  status: number,
  code: string,
): Problem {
  assert.equal(answer.status, status);
  assert.match(answer.headers['content-type']!, /^application\/problem\+json/);
  assert.equal(answer.headers['cache-control'], 'no-store');
  const problem = answer.body as Problem;
  assert.equal(problem.status, status);
  assert.match(problem.type, new RegExp(`/${code}$`));
  assert.ok(problem.title.length > 0);
  return problem;
}

describe('an HTTP app', () => {
  it('answers with security headers and a request id, and without its maker', async () => {
    const answer = await request(app).get('/orders/1').expect(200);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    const policy = answer.headers['content-security-policy']!;
    assert.match(policy, /(^|;)default-src 'self'(;|$)/);
    assert.match(policy, /(^|;)frame-ancestors 'self'(;|$)/);
    assert.equal(answer.headers['x-frame-options'], 'SAMEORIGIN');
    assert.match(answer.headers['strict-transport-security']!, /^max-age=31536000\b/);
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(answer.headers['x-powered-by'], undefined);
    assert.match(answer.headers['x-request-id']!, uuid);
  });

  it('keeps a request id that a caller chose, unless it could forge something', async () => {
    const kept = await request(app).get('/orders/1').set('X-Request-Id', 'abc-123');
    assert.equal(kept.headers['x-request-id'], 'abc-123');
    for (const bad of ['a b', '<script>', 'x'.repeat(129)]) {
      const answer = await request(app).get('/orders/1').set('X-Request-Id', bad);
      assert.match(answer.headers['x-request-id']!, uuid);
    }
  });

  it('answers a typed error as its problem', async () => {
    const problem = assertProblem(
      await request(app).get('/orders/1/refuse'),
      402,
      'insufficient_funds',
    );
    assert.equal(problem.detail, 'There is not enough money.');
  });

  it('tells nothing of an error nobody planned for', async () => {
    const problem = assertProblem(await request(app).get('/orders/1/crash'), 500, 'internal');
    assert.ok(!JSON.stringify(problem).includes('10.0.0.3'));
  });

  it('answers malformed JSON without repeating it', async () => {
    const answer = await request(app)
      .post('/orders')
      .type('application/json')
      .send('{"password": secret');
    const problem = assertProblem(answer, 400, 'invalid_request');
    assert.ok(!JSON.stringify(problem).includes('secret'));
  });

  it('refuses a body that is not JSON, and one that is too large', async () => {
    const form = await request(app).post('/orders').type('form').send('a=1');
    assertProblem(form, 415, 'unsupported_media_type');
    const large = await request(app)
      .post('/orders')
      .send({ text: 'x'.repeat(2000) });
    assertProblem(large, 413, 'payload_too_large');
    const latin = await request(app)
      .post('/orders')
      .set('Content-Type', 'application/json; charset=latin1')
      .send('{}');
    assertProblem(latin, 415, 'unsupported_media_type');
  });

  it('refuses a body that is nested deeply', async () => {
    const nested = (levels: number) => `${'{"a":['.repeat(levels)}${']}'.repeat(levels)}`;
    const send = (levels: number) =>
      request(app).post('/orders').type('application/json').send(nested(levels));
    assert.equal((await send(8)).status, 201);
    assertProblem(await send(9), 400, 'invalid_request');
    assertProblem(await send(100), 400, 'invalid_request');
  });

  it('lets pages of the origins call that it was told, and no others', async () => {
    const open = createHttpApp({ origins: ['https://app.example'], configure });
    const ask = (origin: string) =>
      request(open)
        .options('/orders/1')
        .set('Origin', origin)
        .set('Access-Control-Request-Method', 'GET');
    const asked = await ask('https://app.example');
    assert.equal(asked.status, 204);
    assert.equal(asked.headers['access-control-allow-origin'], 'https://app.example');
    assert.match(String(asked.headers['access-control-allow-headers']), /Idempotency-Key/);
    const read = await request(open).get('/orders/1').set('Origin', 'https://app.example');
    assert.equal(read.headers['access-control-allow-origin'], 'https://app.example');
    assert.match(String(read.headers['access-control-expose-headers']), /RateLimit/);
    assert.equal(read.headers['access-control-allow-credentials'], undefined);
    for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'null']) {
      const refused = await ask(origin);
      assert.equal(refused.headers['access-control-allow-origin'], undefined);
      assert.equal(refused.headers.vary, 'Origin');
    }
    const closed = await request(app).get('/orders/1').set('Origin', 'https://app.example');
    assert.equal(closed.headers['access-control-allow-origin'], undefined);
  });

  it('accepts other JSON types and calls without a body', async () => {
    const answer = await request(app)
      .post('/orders')
      .set('Content-Type', 'application/merge-patch+json')
      .send('{"a":1}');
    assert.deepEqual([answer.status, answer.body], [201, { a: 1 }]);
    await request(app).get('/orders/1').set('Content-Type', 'text/plain').expect(200);
  });

  it('answers unknown paths with 404 and unknown methods with 405 and Allow', async () => {
    assertProblem(await request(app).get('/nothing'), 404, 'not_found');
    assertProblem(await request(app).get('/orders/1/nothing'), 404, 'not_found');
    const answer = await request(app).delete('/orders/17');
    assertProblem(answer, 405, 'method_not_allowed');
    assert.equal(answer.headers.allow, 'GET, HEAD');
  });

  it('answers a malformed URL', async () => {
    assertProblem(await request(app).get('/orders/%E0%A4%A'), 400, 'invalid_request');
  });

  it('says how to authenticate with 401 and when to come back with 503', async () => {
    const refusing = createHttpApp({
      configure(inner) {
        inner.get('/closed', () => {
          throw new QuaysideError('unauthenticated', 'Sign in first.');
        });
        inner.get('/busy', () => {
          throw new QuaysideError('unavailable', 'Too busy.');
        });
        inner.get('/more', () => {
          throw new QuaysideError('step_up_required', 'Give your second factor first.');
        });
        inner.get('/wait', () => {
          throw new QuaysideError('rate_limited', 'Wait.', { retryAfterSeconds: 30 });
        });
      },
    });
    const closed = await request(refusing).get('/closed');
    assertProblem(closed, 401, 'unauthenticated');
    assert.equal(closed.headers['www-authenticate'], 'Bearer');
    const more = await request(refusing).get('/more');
    assertProblem(more, 401, 'step_up_required');
    assert.equal(
      more.headers['www-authenticate'],
      'Bearer error="insufficient_user_authentication", acr_values="aal2"',
    );
    assert.equal((await request(refusing).get('/busy')).headers['retry-after'], '1');
    assert.equal((await request(refusing).get('/wait')).headers['retry-after'], '30');
  });

  it('passes on what a validator found, where, and its headers', async () => {
    const validating = createHttpApp({
      configure(inner) {
        inner.post('/orders', () => {
          throw Object.assign(new Error('request/body/amount must be a string'), {
            status: 400,
            errors: [{ path: '/body/amount', message: 'must be a string' }],
          });
        });
        inner.get('/orders', () => {
          throw Object.assign(new Error('GET not allowed'), {
            status: 405,
            headers: { Allow: 'POST' },
          });
        });
      },
    });
    const answer = await request(validating).post('/orders').send({});
    const problem = assertProblem(answer, 400, 'invalid_request') as Problem & { errors: unknown };
    assert.deepEqual(problem.errors, [{ path: '/body/amount', message: 'must be a string' }]);
    const other = await request(validating).get('/orders');
    assertProblem(other, 405, 'method_not_allowed');
    assert.equal(other.headers.allow, 'POST');
  });

  it('does not end an answer that failed half-way as if it were whole', async () => {
    await assert.rejects(request(app).get('/orders/1/half'), /aborted|hang up|ECONNRESET/);
  });
});

describe('an HTTP app under tracing', () => {
  before(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  after(() => context.disable());

  it('tells the trace id in the header and in the problem', async () => {
    const tracer = new TracerProvider().getTracer('test');
    const traced = createServer((incoming, response) => {
      const span = tracer.startSpan('request');
      context.with(trace.setSpan(context.active(), span), () => {
        app(incoming, response);
      });
    });
    const answer = await request(traced).get('/orders/1/refuse');
    const { traceId } = answer.body as { traceId: string };
    assert.match(traceId, /^[0-9a-f]{32}$/);
    assert.match(answer.headers.traceresponse!, new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  });
});

describe('the bytes of a body', () => {
  const signed = createHttpApp({
    rawBodies: ['/signed'],
    configure(inner) {
      inner.post(['/signed', '/other'], (incoming, response) => {
        response.json({ raw: rawBodyOf(incoming).toString(), body: incoming.body as unknown });
      });
    },
  });
  const post = (path: string, text: string) =>
    request(signed).post(path).type('application/json').send(text);

  it('are kept as they came where they are asked for, beside what was parsed', async () => {
    const text = '{ "a":1.0,  "b":"\\u00e9" }';
    const answer = await post('/signed?x=1', text);
    assert.deepEqual(answer.body, { raw: text, body: { a: 1, b: 'é' } });
  });

  it('are not there elsewhere, nor without a body', async () => {
    assertProblem(await post('/other', '{}'), 400, 'invalid_request');
    assertProblem(await request(signed).post('/signed'), 400, 'invalid_request');
  });
});

describe('request metrics', () => {
  const routesIn = (text: string) =>
    new Set([...text.matchAll(/_count\{.*http_route="([^"]*)"/g)].map((match) => match[1]));

  it('are labelled by route template, also for errors, never by what is in the path', async () => {
    metrics.registry.resetMetrics();
    for (let id = 0; id < 20; id += 1) await request(app).get(`/orders/${id}`);
    await request(app).get('/orders/5/refuse');
    await request(app).get('/random/path/123');
    await request(app).post('/orders').type('application/json').send('{');
    const text = await metrics.registry.metrics();
    assert.deepEqual(
      routesIn(text),
      new Set(['/orders/:orderId', '/orders/:orderId/refuse', 'unmatched']),
    );
    assert.match(
      text,
      /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="\/orders\/:orderId\/refuse",http_response_status_code="402"\} 1/,
    );
  });

  it('count what was pipelined behind another answer when its connection is gone', async () => {
    let arrived = 0;
    let allArrived: (socket: Socket) => void;
    const connection = new Promise<Socket>((resolve) => (allArrived = resolve));
    const waiting = createHttpApp({
      configure(inner) {
        inner.get('/wait', ({ socket }) => {
          arrived += 1;
          if (arrived === 3) allArrived(socket);
        });
      },
    });
    const server = createServer(waiting);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    metrics.registry.resetMetrics();
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET /wait HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3));
    const gone = once(await connection, 'close');
    client.destroy();
    await gone;
    assert.match(
      await metrics.registry.metrics(),
      /_count\{.*http_route="\/wait",http_response_status_code="499"\} 3$/m,
    );
    await new Promise((closed) => server.close(closed));
  });

  it('stay bounded when a mount path has parameters', async () => {
    const tenants = createHttpApp({
      configure(inner) {
        const router = Router().get('/things', (_request, response) => void response.json({}));
        inner.use('/:tenant', router);
      },
    });
    metrics.registry.resetMetrics();
    const agent = request(tenants);
    for (let tenant = 0; tenant < 320; tenant += 1) await agent.get(`/t${tenant}/things`);
    const routes = routesIn(await metrics.registry.metrics());
    assert.ok(routes.size <= 301, `${routes.size} routes`);
    assert.ok(routes.has('other'));
  });
});
