import { childLogger, withoutTracing, withSpan } from '@quayside/telemetry';

/** Work done again and again, never twice at once in one process. */
export interface Job {
  name: string;
  /** Milliseconds between the end of one run and the start of the next. */
  everyMs: number;
  /** Milliseconds before the first run; default 0. */
  firstAfterMs?: number;
  /** Its runs are no traces: for what looks often and mostly finds nothing. What it does find has spans of its own. */
  untraced?: boolean;
  /** One run. The signal is aborted when the service drains; a rejection is logged, the next run comes. */
  run(signal: AbortSignal): Promise<void>;
}

/** Jobs that have been started. */
export interface RunningJobs {
  /** Aborts the runs and resolves when they have ended. */
  stop(): Promise<void>;
}

const log = childLogger({ component: 'jobs' });

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}

async function runOnce(job: Job, signal: AbortSignal): Promise<void> {
  try {
    if (job.untraced) await withoutTracing(() => job.run(signal));
    else await withSpan(`job ${job.name}`, {}, () => job.run(signal));
  } catch (error) {
    if (!signal.aborted) log.error({ job: job.name, error }, 'A job failed; it will run again');
  }
}

async function repeat(job: Job, signal: AbortSignal): Promise<void> {
  if (job.firstAfterMs !== undefined) await pause(job.firstAfterMs, signal);
  while (!signal.aborted) {
    await runOnce(job, signal);
    await pause(job.everyMs, signal);
  }
}

/** Starts each job now, or when its first run is due, and again `everyMs` after each run's end. */
export function startJobs(jobs: readonly Job[]): RunningJobs {
  const stopping = new AbortController();
  const loops = jobs.map((job) => repeat(job, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
