import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const fixture = 'libs/telemetry/test/fixture';

interface RecordedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links: string[];
  attributes: Record<string, unknown>;
}

interface Seen {
  httpTrace: string;
  grpcTrace: string;
  traceparent: string;
  live: { trace: string };
  consumed: string;
  messageHeaders: Record<string, string>;
  wrapped: Record<string, boolean>;
  spans: RecordedSpan[];
}

const kinds = { server: 1, client: 2, producer: 3, consumer: 4 };

/** The builds every app goes through, so that what is shown here holds for them. */
const builds = [
  { name: 'a bundle with the packages outside', bundler: 'tools/build/bundle.mjs' },
  {
    name: 'a bundle with the packages inside, as in an image',
    bundler: 'tools/images/bundle/main.mjs',
  },
];

for (const { name, bundler } of builds)
  describe(`${name}, whose first import is the start of telemetry`, () => {
    const folder = join('dist', fixture);
    let seen: Seen;
    async function runBundle(entry: string, env: Record<string, string> = {}): Promise<Seen> {
      const file = join(folder, `${entry}.js`);
      const { stdout } = await run(process.execPath, [file], { env: { ...process.env, ...env } });
      return JSON.parse(stdout) as Seen;
    }

    before(async () => {
      await run(process.execPath, [bundler, fixture, folder]);
      seen = await runBundle('recorded');
    });

    after(() => rm(folder, { recursive: true, force: true }));

    const span = (name: string, kind: number): RecordedSpan => {
      const found = seen.spans.find((one) => one.name === name && one.kind === kind);
      assert.ok(found, `no span ${name} among ${seen.spans.map((one) => one.name).join(', ')}`);
      return found;
    };

    it('has http, express, grpc-js, pg and kafkajs patched', () => {
      assert.deepEqual(seen.wrapped, {
        http: true,
        express: true,
        grpcServer: true,
        grpcClient: true,
        pg: true,
        kafkajs: true,
      });
    });

    it('makes one trace of a request, its gRPC call, its SQL and its message', () => {
      const request = span('GET /orders/:orderId', kinds.server);
      const call = span('grpc.test.EchoService/Echo', kinds.client);
      assert.equal(request.parentSpanId, undefined);
      assert.equal(call.parentSpanId, request.spanId);
      assert.equal(span('grpc.test.EchoService/Echo', kinds.server).parentSpanId, call.spanId);
      assert.equal(span('pg.query:SELECT d', kinds.client).parentSpanId, request.spanId);
      assert.equal(span('send things', kinds.producer).parentSpanId, request.spanId);
      assert.deepEqual([seen.httpTrace, seen.grpcTrace], [request.traceId, request.traceId]);
      assert.equal(seen.traceparent, `00-${request.traceId}-${request.spanId}-01`);
    });

    it('names the request by its route template and makes no span per layer', () => {
      const request = span('GET /orders/:orderId', kinds.server);
      assert.equal(request.attributes['http.route'], '/orders/:orderId');
      assert.deepEqual(
        seen.spans.filter((one) => /middleware|router|request handler/.test(one.name)),
        [],
      );
    });

    it('only links a traceparent that came from outside', () => {
      const request = span('GET /orders/:orderId', kinds.server);
      assert.deepEqual(request.links, ['c'.repeat(32)]);
      assert.notEqual(request.traceId, 'c'.repeat(32));
    });

    it('leaves the trace context of an outbox row on the message and links to it', () => {
      assert.equal(seen.messageHeaders.traceparent, `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`);
      assert.deepEqual(span('send things', kinds.producer).links, ['a'.repeat(32)]);
    });

    it('continues the trace of a message, links its producer and traces the SQL under it', () => {
      const consumer = span('process things', kinds.consumer);
      assert.equal(consumer.parentSpanId, 'b'.repeat(16));
      assert.deepEqual(consumer.links, ['a'.repeat(32)]);
      assert.equal(span('pg.query:UPDATE d', kinds.client).parentSpanId, consumer.spanId);
      assert.equal(seen.consumed, 'a'.repeat(32));
    });

    it('traces no probe, no health check and no SQL outside a request', () => {
      assert.equal(seen.live.trace, 'none');
      const names = seen.spans.map((one) => one.name);
      assert.deepEqual(
        names.filter((name) => /livez|Health|pg\.connect|pg-pool/.test(name)),
        [],
      );
      assert.equal(names.filter((name) => name === 'pg.query:SELECT d').length, 1);
    });

    it('sends its spans over OTLP when an endpoint is set', async () => {
      const received: { path: string; body: Buffer }[] = [];
      const collector = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          received.push({ path: request.url ?? '', body: Buffer.concat(chunks) });
          response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
        });
      });
      collector.listen(0, '127.0.0.1');
      await once(collector, 'listening');
      const { port } = collector.address() as AddressInfo;
      const { httpTrace } = await runBundle('exported', {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_SERVICE_NAME: 'orders',
      });
      collector.close();

      assert.ok(received.every(({ path }) => path === '/v1/traces'));
      const body = Buffer.concat(received.map((one) => one.body));
      for (const text of ['GET /orders/:orderId', 'pg.query:SELECT d', 'orders', 'process.pid']) {
        assert.ok(body.includes(text), `${text} is not among the exported spans`);
      }
      assert.ok(body.includes(Buffer.from(httpTrace, 'hex')));
    });

    it('still has trace ids when nothing is exported', async () => {
      const { httpTrace, grpcTrace } = await runBundle('exported');
      assert.match(httpTrace, /^[0-9a-f]{32}$/);
      assert.equal(grpcTrace, httpTrace);
    });
  });
