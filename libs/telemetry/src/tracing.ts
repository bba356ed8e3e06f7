import { context, propagation, trace } from '@opentelemetry/api';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type * as JsonExporters from '@opentelemetry/exporter-trace-otlp-http';
import type * as ProtobufExporters from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  processDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import type { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { patchBundledWith } from './bundled-packages';
import { CallContextManager } from './context-manager';
import { enabledInstrumentations } from './enabled-instrumentations';
import { instrumentationSettings } from './instrumentations';
import { keepExisting } from './propagator';
import { createSampler } from './sampler';
import { serviceName } from './service-name';
import { onTelemetryShutdown } from './shutdown';

/** What this process is. No cloud detectors: they call metadata addresses and delay the first export. */
function describeProcess(): Resource {
  const detected = detectResources({ detectors: [envDetector, processDetector, hostDetector] });
  const named = resourceFromAttributes({ 'service.name': serviceName() });
  return defaultResource().merge(detected).merge(named);
}

/** Spans go out in batches over OTLP when an endpoint is set, and nowhere otherwise. */
function exportProcessors(): SpanProcessor[] {
  const endpoint =
    process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return [];
  return [new BatchSpanProcessor({ exporter: createExporter() })];
}

/** Loaded only where it is needed: 5 MiB a process, measured. */
function createExporter(): SpanExporter {
  /* eslint-disable @typescript-eslint/no-require-imports -- an import cannot depend on a setting and be synchronous */
  if (process.env.OTEL_EXPORTER_OTLP_PROTOCOL === 'http/json') {
    const { OTLPTraceExporter } =
      require('@opentelemetry/exporter-trace-otlp-http') as typeof JsonExporters;
    return new OTLPTraceExporter();
  }
  const { OTLPTraceExporter } =
    require('@opentelemetry/exporter-trace-otlp-proto') as typeof ProtobufExporters;
  return new OTLPTraceExporter();
  /* eslint-enable @typescript-eslint/no-require-imports */
}

/**
 * Starts tracing for this process: the span provider, the context that follows async code, W3C
 * propagation, and the instrumentations in use. The provider is assembled here and not by `NodeSDK`,
 * which loads the metric and log SDKs and every exporter (14 MiB and 100 ms a process, measured),
 * and no signal is handled here: the chassis flushes in its drain.
 */
export function startTracing(processors: SpanProcessor[] = exportProcessors()): void {
  if (process.env.OTEL_SDK_DISABLED === 'true') return;
  const provider = new TracerProvider({
    resource: describeProcess(),
    sampler: createSampler({ exporting: processors.length > 0 }),
    spanProcessors: processors,
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new CallContextManager().enable());
  propagation.setGlobalPropagator(keepExisting(new W3CTraceContextPropagator()));
  // The package reads which of its instrumentations to make from here; whoever sets it decides.
  process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS ??= enabledInstrumentations.join(',');
  patchBundledWith(getNodeAutoInstrumentations(instrumentationSettings()));
  onTelemetryShutdown(() => provider.shutdown());
}
