import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { startProducerSpan, withSpan, withTraceContext } from './message-spans';
import { keepExisting } from './propagator';
import { createSampler } from './sampler';
import { currentTraceId, injectTraceContext, traceResponse, withoutTracing } from './trace-context';

const outbox = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
const exporter = new InMemorySpanExporter();

describe('trace context', () => {
  it('is absent, not invented, outside tracing', async () => {
    assert.equal(currentTraceId(), undefined);
    assert.equal(traceResponse(), undefined);
    assert.deepEqual(injectTraceContext(), {});
    assert.equal(await withTraceContext(outbox, 'process', {}, () => Promise.resolve(1)), 1);
  });

  describe('while tracing', () => {
    before(() => {
      const processor = new SimpleSpanProcessor({ exporter });
      trace.setGlobalTracerProvider(
        new TracerProvider({
          spanProcessors: [processor],
          sampler: createSampler({ exporting: true }),
        }),
      );
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      propagation.setGlobalPropagator(keepExisting(new W3CTraceContextPropagator()));
    });

    const finished = (name: string) =>
      exporter.getFinishedSpans().find((span) => span.name === name);

    it('tells the active trace in each form', async () => {
      await withSpan('outer', {}, () => {
        const id = currentTraceId()!;
        assert.match(traceResponse()!, new RegExp(`^00-${id}-[0-9a-f]{16}-01$`));
        assert.deepEqual(injectTraceContext(), { traceparent: traceResponse() });
        return Promise.resolve();
      });
    });

    it('gives a message the context of a producer span in the trace of its outbox row', () => {
      const producer = startProducerSpan(outbox, 'send orders', {});
      assert.match(
        producer.headers.traceparent!,
        new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-01$`),
      );
      assert.notEqual(producer.headers.traceparent, outbox.traceparent);
      producer.end(new Error('broker away'));
      assert.equal(finished('send orders')!.status.code, 2);
      assert.equal(finished('send orders')!.parentSpanContext!.spanId, 'b'.repeat(16));
    });

    it('puts a failure on the consumer span and passes it on', async () => {
      const failing = () => Promise.reject(new Error('no such account'));
      await assert.rejects(
        withTraceContext(outbox, 'process orders', {}, failing),
        /no such account/,
      );
      assert.equal(finished('process orders')!.events[0]!.name, 'exception');
    });

    it('makes no spans in background work', async () => {
      await withoutTracing(() => withSpan('hidden', {}, () => Promise.resolve()));
      assert.equal(finished('hidden'), undefined);
    });

    it('does not record the poll of a consumer, nor what is under it', () => {
      const tracer = trace.getTracer('test');
      const attributes = { 'messaging.system': 'kafka', 'messaging.operation.type': 'receive' };
      const poll = tracer.startSpan('poll orders', { attributes });
      const under = tracer.startSpan('under', {}, trace.setSpan(context.active(), poll));
      assert.deepEqual([poll.isRecording(), under.isRecording()], [false, false]);
    });

    it('keeps the trace that headers already carry', () => {
      const headers = { ...outbox };
      const span = trace.getTracer('test').startSpan('relay');
      propagation.inject(trace.setSpan(context.active(), span), headers);
      assert.deepEqual(headers, outbox);
    });
  });
});
