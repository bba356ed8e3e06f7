import { ConfigError } from '@quayside/config';
import type { Logger } from '@quayside/telemetry';
import { pause } from './jobs';

/** Start-up was asked to stop while it was waiting. */
export class StartAborted extends Error {
  override readonly name = 'StartAborted';
}

const firstPauseMs = 100;
const longestPauseMs = 2_000;
const saidAgainAfterMs = 10_000;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

/**
 * Tries until it succeeds, waiting 0.1 to 2 seconds in between, and logs what it waits for: at the
 * first failure and every ten seconds. Throws StartAborted when the signal is aborted, and a
 * ConfigError of the attempt.
 */
export async function waitUntil<T>(
  what: string,
  attempt: () => Promise<T>,
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<T> {
  let pauseMs = firstPauseMs;
  let said = Number.NEGATIVE_INFINITY;
  for (;;) {
    if (signal.aborted) throw new StartAborted(`stopped while waiting for ${what}`);
    try {
      return await attempt();
    } catch (error) {
      // A setting that is missing will not come by waiting.
      if (error instanceof ConfigError) throw error;
      if (performance.now() - said > saidAgainAfterMs) {
        log.warn({ reason: reasonOf(error) }, `Waiting for ${what}`);
        said = performance.now();
      }
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}
