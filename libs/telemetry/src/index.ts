export { childLogger, logger, type Logger } from './logger';
export { metrics } from './metrics';
export { setServiceName, serviceName } from './service-name';
export { onTelemetryShutdown, shutdownTelemetry } from './shutdown';
export { resumeSourceMaps } from './source-maps';
export {
  currentTraceId,
  injectTraceContext,
  traceResponse,
  unrecordedTrace,
  withoutTracing,
  type TraceHeaders,
} from './trace-context';
export {
  linkActiveSpan,
  startProducerSpan,
  withSpan,
  withTraceContext,
  type ProducerSpan,
  type SpanAttributes,
} from './message-spans';
