import type { Logger } from '@quayside/telemetry';

/** Ends one thing in at most `timeoutMs`. An object that it gives is added to its log line. */
export type StopStep = (timeoutMs: number) => unknown;

/**
 * The order in which a service ends (docs/architecture.md). Steps of one phase run at once, each phase waits for
 * the one before.
 */
const phases = [
  'not ready',
  'drain delay',
  'end streams',
  'finish requests',
  'stop background work',
  'close service',
  'close connections',
  'flush telemetry',
  'close admin port',
] as const;

/** One part of the way to the end. */
export type DrainPhase = (typeof phases)[number];

interface Step {
  phase: DrainPhase;
  name: string;
  stop: StopStep;
  maxMs: number;
}

/** What happens at the end of a process, collected while it starts. */
export interface Drain {
  /** Adds a step that may take `maxMs` (default: all the time there is). */
  add(phase: DrainPhase, name: string, stop: StopStep, maxMs?: number): void;
  /** Runs all steps within `timeoutMs` and resolves, whatever fails; a second call waits for the first. */
  run(timeoutMs: number, skip?: readonly DrainPhase[]): Promise<void>;
}

/** Longer than any setting of the delay. */
const longestDelayMs = 25 * 60 * 60 * 1000;
/** Late steps (closing pools, flushing) get this long even when earlier ones used up the time. */
const leastMs = 500;

/** Rejects when `work` is not done after `ms`; it then goes on unwatched. */
async function within(ms: number, work: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${Math.round(ms)} ms`)), ms);
  });
  try {
    return await Promise.race([work(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function runStep(step: Step, timeoutMs: number, log: Logger): Promise<void> {
  const { name, phase } = step;
  const started = performance.now();
  const took = () => ({ phase, step: name, durationMs: Math.round(performance.now() - started) });
  try {
    // The step is given a little less than it is waited for, so that it can say how it ended.
    const result: unknown = await within(timeoutMs, () => step.stop(timeoutMs * 0.9));
    log.info({ ...took(), ...(typeof result === 'object' ? result : {}) }, `Drain: ${name} done`);
  } catch (error) {
    log.warn({ ...took(), error }, `Drain: ${name} was given up`);
  }
}

/** An empty drain that logs its steps. */
export function createDrain(log: Logger): Drain {
  const steps: Step[] = [];
  let running: Promise<void> | undefined;

  async function runAll(timeoutMs: number, skip: readonly DrainPhase[]): Promise<void> {
    let end = performance.now() + timeoutMs;
    for (const phase of phases) {
      if (skip.includes(phase)) continue;
      const left = Math.max(end - performance.now(), leastMs);
      const current = steps.filter((step) => step.phase === phase);
      // The delay is a setting of its own and takes nothing from the time to shut down.
      const limit = phase === 'drain delay' ? longestDelayMs : left;
      await Promise.all(current.map((step) => runStep(step, Math.min(step.maxMs, limit), log)));
      if (phase === 'drain delay') end = performance.now() + timeoutMs;
    }
  }

  return {
    add: (phase, name, stop, maxMs = Number.POSITIVE_INFINITY) =>
      void steps.push({ phase, name, stop, maxMs }),
    run(timeoutMs, skip = []) {
      running ??= runAll(timeoutMs, skip);
      return running;
    },
  };
}
