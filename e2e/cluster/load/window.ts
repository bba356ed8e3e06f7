import type { Outcome } from './send';

/** A request that did not get the answer it should have. */
export interface Failure {
  /** Milliseconds since the window began. */
  atMs: number;
  kind: string;
  status?: number;
  error?: string;
}

/** What happened between two cuts. */
export interface Summary {
  seconds: number;
  requests: number;
  failed: number;
  /** The first few. */
  failures: Failure[];
  /** From the first failed request to the end of the last one. */
  recoveryMs: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Requests that were due and not sent: too many were open already. */
  notSent: number;
}

const SHOWN = 20;

function percentile(sorted: number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** Collects outcomes; a cut gives their summary and begins anew. */
export function createWindow() {
  let since = performance.now();
  let times: number[] = [];
  let failures: Failure[] = [];
  let lastFailureMs = 0;
  let notSent = 0;
  return {
    add(kind: string, expected: number, { status, error, ms }: Outcome): void {
      times.push(ms);
      if (status === expected) return;
      const now = performance.now() - since;
      failures.push({ atMs: Math.round(Math.max(0, now - ms)), kind, status, error });
      lastFailureMs = now;
    },
    skip(): void {
      notSent += 1;
    },
    cut(): Summary {
      const sorted = times.sort((one, other) => one - other);
      const first = Math.min(...failures.map(({ atMs }) => atMs));
      const summary: Summary = {
        seconds: Math.round((performance.now() - since) / 100) / 10,
        requests: sorted.length,
        failed: failures.length,
        failures: failures.slice(0, SHOWN),
        recoveryMs: failures.length === 0 ? 0 : Math.round(lastFailureMs - first),
        p50Ms: percentile(sorted, 0.5),
        p99Ms: percentile(sorted, 0.99),
        maxMs: Math.round(sorted.at(-1) ?? 0),
        notSent,
      };
      [since, times, failures, notSent] = [performance.now(), [], [], 0];
      return summary;
    },
  };
}

export type Window = ReturnType<typeof createWindow>;
