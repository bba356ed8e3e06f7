import { trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions } from 'pino';
import type { Bindings, DestinationStream, Logger, LoggerOptions } from 'pino';
import { serviceName } from './service-name';

export type { Logger };

/** Fields that never reach a log line, wherever in the first three levels of an entry they are. */
const secretFields = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'cardToken',
  'cardNumber',
];

/** The ids of the span that is active while a line is written, under the names OpenTelemetry gives them. */
function traceIds(): { trace_id?: string; span_id?: string } {
  const context = trace.getActiveSpan()?.spanContext();
  return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
}

const options: LoggerOptions = {
  level: process.env.LOG_LEVEL ?? 'info',
  messageKey: 'message',
  base: null,
  timestamp: stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  mixin: () => ({ service: serviceName(), ...traceIds() }),
  redact: {
    paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    censor: '[redacted]',
  },
  // `err` is pino's own name for an error; `error` is what people write.
  serializers: { error: pino.stdSerializers.err },
};

/** A logger that writes to `destination`; tests give their own. */
export const createLogger = (destination: DestinationStream): Logger => pino(options, destination);

/**
 * The process's logger: one JSON line with level, time, service, message and, inside a traced
 * request, trace_id and span_id. Written to stdout at once, so a crash loses nothing.
 */
// Asynchronous writing would put lines out of order, and lose some, when the process ends.
export const logger: Logger = createLogger(pino.destination({ dest: 1, sync: true }));

/** A logger that adds `bindings` to each of its lines, for example `{ component: 'relay' }`. */
export const childLogger = (bindings: Bindings): Logger => logger.child(bindings);
