export { childLogger, logger, type Logger } from './logger';
export { metrics } from './metrics';
export { setServiceName, serviceName } from './service-name';
export { onTelemetryShutdown, shutdownTelemetry } from './shutdown';
export {
  currentTraceId,
  injectTraceContext,
  traceResponse,
  withoutTracing,
  type TraceHeaders,
} from './trace-context';
export {
  startProducerSpan,
  withSpan,
  withTraceContext,
  type ProducerSpan,
  type SpanAttributes,
} from './message-spans';
