// One trace from the gateway through gRPC, SQL, outbox, Kafka, consumer and its SQL; its id is in the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { call, expectStatus, signUp, type Problem } from '../customer';
import { startTemporarySystem } from '../temporary';
import { startTraceCollector } from '../trace-collector';

let system: RunningSystem;
let collector: Awaited<ReturnType<typeof startTraceCollector>>;

before(async () => {
  collector = await startTraceCollector();
  system = await startTemporarySystem({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  });
});
after(async () => {
  await system.stop();
  collector.stop();
});

const traceIdOf = (headers: Headers) => headers.get('traceresponse')?.split('-')[1] ?? '';

test('a payment is one trace through every part', async () => {
  const payer = await signUp(system.gatewayUrl, 'vera');
  const payee = await signUp(system.gatewayUrl, 'walt');
  expectStatus(await payer.topUp('1000'), 201);
  const answer = await payer.pay(payee.handle, '100');
  expectStatus(answer, 201);
  const traceId = traceIdOf(answer.headers);
  assert.match(traceId, /^[0-9a-f]{32}$/);

  const mine = () => collector.spans.filter((span) => span.traceId === traceId);
  const has = (service: string, name: RegExp) =>
    mine().some((span) => span.service === service && name.test(span.name));
  await waitFor(
    () =>
      has('gateway', /POST/) &&
      has('gateway', /grpc.*CreatePayment/i) &&
      has('payments', /grpc.*CreatePayment/i) &&
      has('payments', /^pg/) &&
      has('gateway', /payments\.payment\.v1|process/),
    { timeoutMs: 20_000, description: 'spans of the gateway, payments, SQL and the consumer' },
  );
  assert.ok(
    mine().some(({ service, links }) => service === 'gateway' && links.length > 0),
    'the consumer span links to the producer',
  );
});

test('a traceparent from outside is linked, never continued', async () => {
  const outside = 'a'.repeat(32);
  const answer = await call<Problem>(system.gatewayUrl, '/api/v1/accounts', {
    headers: { traceparent: `00-${outside}-${'b'.repeat(16)}-01` },
  });
  assert.equal(answer.status, 401);
  assert.notEqual(answer.body.traceId, outside);
  assert.equal(answer.body.traceId, traceIdOf(answer.headers));
  await waitFor(
    () =>
      collector.spans.some(
        ({ traceId, links }) =>
          traceId === answer.body.traceId && links.some((link) => link.traceId === outside),
      ),
    { timeoutMs: 10_000, description: "a link to the caller's trace" },
  );
});
