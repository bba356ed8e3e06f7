import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Span, SpanContext } from '@opentelemetry/api';
import type { InstrumentationConfigMap } from '@opentelemetry/auto-instrumentations-node';
import { remoteSpan } from './trace-context';

/** Routes of the admin port: read every few seconds by probes and scrapers, of no interest as traces. */
const adminRoutes = new Set(['/livez', '/readyz', '/metrics']);

/** Methods of grpc.health.v1 and of server reflection; the instrumentation matches by method name. */
const infrastructureMethods = ['Check', 'Watch', 'ServerReflectionInfo'];

const pathOf = (request: IncomingMessage): string => request.url?.split('?', 1)[0] ?? '';

const outsideCallers = new WeakMap<object, SpanContext>();

/**
 * Takes the trace context off a request from outside: a stranger must not choose our trace ids, nor
 * whether we record. Services call each other over gRPC, so HTTP always comes from outside.
 */
function setOutsideTraceAside(request: IncomingMessage): void {
  const caller = remoteSpan(request.headers);
  if (caller) outsideCallers.set(request, caller);
  delete request.headers.traceparent;
  delete request.headers.tracestate;
}

function linkOutsideTrace(span: Span, request: ClientRequest | IncomingMessage): void {
  const caller = outsideCallers.get(request);
  if (caller) span.addLink({ context: caller });
}

/** Settings of each instrumentation in use: one span per call, none per middleware or connection. */
export function instrumentationSettings(): InstrumentationConfigMap {
  return {
    '@opentelemetry/instrumentation-http': {
      ignoreIncomingRequestHook: (request) => adminRoutes.has(pathOf(request)),
      requireParentforOutgoingSpans: true,
      startIncomingSpanHook(request) {
        setOutsideTraceAside(request);
        return {};
      },
      requestHook: linkOutsideTrace,
    },
    '@opentelemetry/instrumentation-express': {
      // Kept for `http.route` on the request's own span; its spans per layer would cost more than they tell.
      ignoreLayers: [() => true],
    },
    '@opentelemetry/instrumentation-grpc': { ignoreGrpcMethods: infrastructureMethods },
    '@opentelemetry/instrumentation-pg': { requireParentSpan: true, ignoreConnectSpans: true },
    '@opentelemetry/instrumentation-kafkajs': {
      producerHook(span, { message }) {
        const origin = remoteSpan(message.headers ?? {});
        // Headers without a trace were given this very span's by the instrumentation.
        if (origin && origin.spanId !== span.spanContext().spanId)
          span.addLink({ context: origin });
      },
    },
  };
}
