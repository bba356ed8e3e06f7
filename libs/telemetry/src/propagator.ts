import type { TextMapPropagator } from '@opentelemetry/api';

const carriesTrace = (carrier: unknown): boolean =>
  typeof carrier === 'object' && carrier !== null && 'traceparent' in carrier;

/**
 * `propagator`, but headers that already carry a trace keep it. The kafkajs instrumentation would
 * otherwise replace the context of an outbox row by that of the relay that happens to send it.
 */
export function keepExisting(propagator: TextMapPropagator): TextMapPropagator {
  return {
    fields: () => propagator.fields(),
    extract: (from, carrier, getter) => propagator.extract(from, carrier, getter),
    inject(from, carrier, setter) {
      if (!carriesTrace(carrier)) propagator.inject(from, carrier, setter);
    },
  };
}
