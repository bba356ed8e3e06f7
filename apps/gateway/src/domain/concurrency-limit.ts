/** How a limit of concurrent requests adapts. */
export interface ConcurrencyOptions {
  /** The limit never falls below this: so many requests at once are carried however slow they are. */
  min: number;
  max: number;
}

/** A request that did its work. */
export interface Measured {
  /** Who did most of it: what is slow in one part only is that part's affair. */
  part: string;
  /** Requests of one kind take about as long as each other. */
  kind: string;
  milliseconds: number;
  /** How many were at work when it began, itself included. */
  inFlight: number;
}

/** A limit of concurrent requests that follows how long they take. */
export interface ConcurrencyLimit {
  /** Requests at once that are carried well. */
  readonly limit: number;
  took(request: Measured): void;
  /** A request was turned away. */
  shed(): void;
}

/** A window of samples decides once; shorter ones are noise, longer ones late. */
const WINDOW_MS = 200;
const WINDOW_SAMPLES = 10;
/** So many times as long as without load is still carried well. */
const TOLERANCE = 2.5;
/** One sample counts at most so much: a lone slow request is no overload. */
const WORST_RATIO = 10;
const DECREASE = 0.9;
const INCREASE = 0.05;
/** Only a limit that is nearly used says anything by being good. */
const USED = 0.8;
/** How soon a faster time is believed, per sample, and a slower one, per window: the first at once, the second in minutes. */
const DOWN = 0.1;
const UP = 1.001;

/**
 * Additive increase, multiplicative decrease on latency: each kind of request is compared with how long it takes
 * without load, so that slow kinds beside fast ones mislead nobody, and too many are only those that make every part
 * slow. The idea is TCP Vegas's, as in Netflix's
 * concurrency-limits: a queue shows as time before it shows as failure.
 */
export function createConcurrencyLimit({ min, max }: ConcurrencyOptions): ConcurrencyLimit {
  const unloaded = new Map<string, number>();
  let limit = max;
  let window = newWindow();

  function ratioOf(kind: string, milliseconds: number): number {
    const known = unloaded.get(kind) ?? milliseconds;
    const best = milliseconds < known ? known + (milliseconds - known) * DOWN : known;
    unloaded.set(kind, best);
    return Math.min(WORST_RATIO, milliseconds / Math.max(best, 0.1));
  }

  function decide(): void {
    const slow = [...window.parts.values()].every(({ ratios, samples }) => {
      return ratios / samples > TOLERANCE;
    });
    // So few are carried in any case: when they are slow, it is not their number that makes them so.
    if (slow && window.most > min) limit = Math.max(min, Math.min(limit, window.most) * DECREASE);
    if (!slow && window.most >= limit * USED) limit = Math.min(max, limit * (1 + INCREASE) + 1);
    // While requests are turned away, slow is not the new normal.
    if (!window.shed) for (const [kind, time] of unloaded) unloaded.set(kind, time * UP);
    window = newWindow();
  }

  return {
    get limit() {
      return limit;
    },
    took({ part, kind, milliseconds, inFlight }) {
      const own = window.parts.get(part) ?? { ratios: 0, samples: 0 };
      window.parts.set(part, own);
      own.ratios += ratioOf(kind, milliseconds);
      own.samples += 1;
      window.samples += 1;
      window.most = Math.max(window.most, inFlight);
      const due = performance.now() - window.begun >= WINDOW_MS;
      if (due && window.samples >= WINDOW_SAMPLES) decide();
    },
    shed() {
      window.shed = true;
    },
  };
}

const newWindow = () => ({
  begun: performance.now(),
  parts: new Map<string, { ratios: number; samples: number }>(),
  samples: 0,
  most: 0,
  shed: false,
});
