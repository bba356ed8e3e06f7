import { ROOT_CONTEXT, context, propagation, trace } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace';

/** W3C trace context as headers: `traceparent`, and `tracestate` where there is one. */
export type TraceHeaders = Record<string, string>;

/** Trace id of the active span (32 hex digits), or undefined outside one. */
export const currentTraceId = (): string | undefined =>
  trace.getActiveSpan()?.spanContext().traceId;

/**
 * Value of the `traceresponse` header for the active span (W3C Trace Context Level 2 draft), which
 * tells a caller where its request was traced; undefined outside a span.
 */
export function traceResponse(): string | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  if (!active) return undefined;
  return `00-${active.traceId}-${active.spanId}-${active.traceFlags.toString(16).padStart(2, '0')}`;
}

const ids = new RandomIdGenerator();

/** A trace id, and the `traceresponse` header with it, for what is answered without being traced. */
export function unrecordedTrace(): { traceId: string; traceResponse: string } {
  const traceId = ids.generateTraceId();
  return { traceId, traceResponse: `00-${traceId}-${ids.generateSpanId()}-00` };
}

/** Headers that carry the active context to another process, or into an outbox row; may be empty. */
export function injectTraceContext(from: Context = context.active()): TraceHeaders {
  const headers: TraceHeaders = {};
  propagation.inject(from, headers);
  return headers;
}

/** The context that `headers` carry, on top of nothing; what is no trace context is ignored. */
export const contextOf = (headers: object): Context => propagation.extract(ROOT_CONTEXT, headers);

/** The span that `headers` name, if they name one. */
export const remoteSpan = (headers: object): SpanContext | undefined =>
  trace.getSpanContext(contextOf(headers));

/** Runs `fn` with no spans made under it: for polling and other background work. */
export const withoutTracing = <T>(fn: () => T): T =>
  isTracingSuppressed(context.active())
    ? fn()
    : context.with(suppressTracing(context.active()), fn);
