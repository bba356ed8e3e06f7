import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import type { Context, Link, Span } from '@opentelemetry/api';
import { contextOf, injectTraceContext } from './trace-context';
import type { TraceHeaders } from './trace-context';

/** Facts about a span, under OpenTelemetry's semantic convention names. */
export type SpanAttributes = Record<string, string | number | boolean>;

/** A message on its way: the headers to send with it, and how it ended. */
export interface ProducerSpan {
  /** Trace headers for the message; they replace those of the outbox row. */
  headers: TraceHeaders;
  /** Ends the span; with an error when the message was not accepted. */
  end(error?: unknown): void;
}

const tracer = () => trace.getTracer('@quayside/telemetry');

function linkTo(origin: Context): Link[] {
  const producer = trace.getSpanContext(origin);
  return producer ? [{ context: producer }] : [];
}

function recordFailure(span: Span, error: unknown): void {
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

async function runInSpan<T>(span: Span, parent: Context, fn: () => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(parent, span), fn);
  } catch (error) {
    recordFailure(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Runs `fn` in a CONSUMER span that continues the trace in `headers` and links to the span that
 * produced the message. Rejects as `fn` does, with the failure on the span.
 */
export function withTraceContext<T>(
  headers: TraceHeaders,
  name: string,
  attributes: SpanAttributes,
  fn: () => Promise<T>,
): Promise<T> {
  const origin = contextOf(headers);
  const links = linkTo(origin);
  const span = tracer().startSpan(name, { kind: SpanKind.CONSUMER, attributes, links }, origin);
  return runInSpan(span, origin, fn);
}

/** Runs `fn` in an INTERNAL span under the active one, for work worth seeing on its own. */
export function withSpan<T>(
  name: string,
  attributes: SpanAttributes,
  fn: () => Promise<T>,
): Promise<T> {
  const parent = context.active();
  return runInSpan(tracer().startSpan(name, { attributes }, parent), parent, fn);
}

/**
 * Starts a PRODUCER span in the trace that an outbox row's `headers` carry, long after the request
 * that wrote the row has ended.
 */
export function startProducerSpan(
  headers: TraceHeaders,
  name: string,
  attributes: SpanAttributes,
): ProducerSpan {
  const origin = contextOf(headers);
  const span = tracer().startSpan(name, { kind: SpanKind.PRODUCER, attributes }, origin);
  return {
    headers: injectTraceContext(trace.setSpan(origin, span)),
    end(error) {
      if (error !== undefined) recordFailure(span, error);
      span.end();
    },
  };
}

/** Links the active span to the one that `headers` name: the work was done there, for several at once. */
export function linkActiveSpan(headers: TraceHeaders): void {
  const active = trace.getActiveSpan();
  // What is not recorded needs no links, and most spans are not.
  if (!active?.isRecording()) return;
  for (const link of linkTo(contextOf(headers))) active.addLink(link);
}
