import { trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { Sampler } from '@opentelemetry/sdk-trace';

/** The share of traces kept: OTEL_TRACES_SAMPLER_ARG, 0 to 1; everything when unset or unreadable. */
function ratio(): number {
  const given = Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? '1');
  return given >= 0 && given <= 1 ? given : 1;
}

const isKafkaPoll = (attributes: Attributes): boolean =>
  attributes['messaging.system'] === 'kafka' &&
  attributes['messaging.operation.type'] === 'receive';

/** A poll that fetched messages belongs to no request; each message has a span in its own trace. */
const withoutPolls = (root: Sampler): Sampler => ({
  shouldSample(context, traceId, name, kind, attributes, links) {
    if (isKafkaPoll(attributes) && !trace.getSpan(context)) {
      return { decision: SamplingDecision.NOT_RECORD };
    }
    return root.shouldSample(context, traceId, name, kind, attributes, links);
  },
  toString: () => `WithoutPolls{${root.toString()}}`,
});

/**
 * Which traces are recorded. Without an exporter none is, but every span still has ids, so logs and
 * answers name the trace; a decision made upstream is followed.
 */
export function createSampler({ exporting }: { exporting: boolean }): Sampler {
  if (!exporting) return new AlwaysOffSampler();
  const share = ratio();
  const root = share === 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(share);
  return new ParentBasedSampler({ root: withoutPolls(root) });
}
