import { trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions } from 'pino';
import type { Bindings, DestinationStream, Logger, LoggerOptions } from 'pino';
import { both, createLogFile } from './log-file';
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

/** Standard output, and LOG_FILE where one is named: for a sidecar that reads files (helm/overlays/log-shipping). */
function destination(): DestinationStream {
  // Asynchronous writing would put lines out of order, and lose some, when the process ends.
  const stdout = pino.destination({ dest: 1, sync: true });
  const { LOG_FILE: path, LOG_FILE_MAX_BYTES: limit } = process.env;
  if (!path) return stdout;
  const report = (problem: string) => void process.stderr.write(`${problem}\n`);
  return both(stdout, createLogFile(path, Number(limit) || 16 * 1024 * 1024, report));
}

/**
 * The process's logger: one JSON line with level, time, service and message and, inside a traced
 * request, trace_id and span_id. Written to stdout at once, so a crash loses nothing.
 */
export const logger: Logger = createLogger(destination());

/** A logger that adds `bindings` to each of its lines, for example `{ component: 'relay' }`. */
export const childLogger = (bindings: Bindings): Logger => logger.child(bindings);
