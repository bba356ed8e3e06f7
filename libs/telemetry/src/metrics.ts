import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Metric } from 'prom-client';

/** Upper bounds in seconds: one millisecond to ten seconds, what a call or a message takes. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const registry = new Registry();
collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });

/** The metric called `name`, made on first use: two parts of a process may ask for the same one. */
function once<Kind extends Metric>(
  name: string,
  kind: abstract new (...args: never[]) => Kind,
  make: () => Kind,
): Kind {
  const existing = registry.getSingleMetric(name);
  if (existing === undefined) return make();
  if (!(existing instanceof kind)) {
    throw new Error(`Metric ${name} is already registered as another kind. Choose another name.`);
  }
  return existing;
}

function counter<Label extends string = never>(
  name: string,
  help: string,
  labels: readonly Label[] = [],
): Counter<Label> {
  return once(name, Counter, () => {
    return new Counter({ name, help, labelNames: [...labels], registers: [registry] });
  });
}

function histogram<Label extends string = never>(
  name: string,
  help: string,
  labels: readonly Label[] = [],
  buckets: readonly number[] = durationBuckets,
): Histogram<Label> {
  return once(name, Histogram, () => {
    const settings = { name, help, labelNames: [...labels], buckets: [...buckets] };
    return new Histogram({ ...settings, registers: [registry] });
  });
}

function gauge<Label extends string = never>(
  name: string,
  help: string,
  labels: readonly Label[] = [],
  collect?: (gauge: Gauge<Label>) => void | Promise<void>,
): Gauge<Label> {
  return once(name, Gauge, () => {
    const settings = { name, help, labelNames: [...labels], registers: [registry] };
    if (!collect) return new Gauge(settings);
    return new Gauge({
      ...settings,
      collect(this: Gauge<Label>) {
        return collect(this);
      },
    });
  });
}

/**
 * The process's metrics, read from `/metrics` on the admin port. `counter`, `histogram` and `gauge`
 * return the metric of that name and make it on first use (the help, labels, buckets and `collect`
 * of the first call hold); they throw if the name belongs to another kind. A gauge's `collect` runs
 * at every scrape. Histogram buckets are seconds unless given. Labels must be bounded: never an id.
 */
export const metrics = { registry, counter, histogram, gauge };
