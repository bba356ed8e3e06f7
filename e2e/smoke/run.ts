import { setTimeout as delay } from 'node:timers/promises';
import type { Walk } from './step';
import { steps } from './steps';

/** How many of the steps worked. */
export interface SmokeResult {
  passed: number;
  failed: number;
  /** Could not be asked of this system. */
  skipped: number;
}

/** Where the system is. */
export type SmokeTarget = Pick<Walk, 'gatewayUrl' | 'cardProcessorUrl'>;

const nothing: SmokeResult = { passed: 0, failed: 0, skipped: 0 };

/** Walks the steps against a running system and says each one's result with its time. */
export async function runSmoke(
  target: SmokeTarget,
  say: (line: string) => void,
): Promise<SmokeResult> {
  const walk: Walk = { ...target };
  const result = { ...nothing };
  for (const { name, run, unable } of steps) {
    const reason = unable?.(walk);
    if (reason !== undefined) {
      result.skipped += 1;
      say(`skip  ${name}: ${reason}`);
      continue;
    }
    const started = performance.now();
    try {
      await run(walk);
      result.passed += 1;
      say(`ok    ${name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      result.failed += 1;
      say(`FAIL  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  walk.live?.close();
  return result;
}

/**
 * Milliseconds from the beginning of one walk to that of the next. Each signs up three people, and the gateway takes 100
 * from one address in ten minutes (RATE_LIMIT_REGISTER): a long repeat may have 30 walks in that time, a short one leaves
 * something to who comes after it.
 */
export const paceOf = (seconds: number): number => Math.max(10, Math.min(seconds, 600) / 30) * 1000;

/** What tells the time and lets it pass. */
export interface Clock {
  now(): number;
  wait(ms: number): Promise<void>;
}

const realClock: Clock = { now: () => performance.now(), wait: (ms) => delay(ms) };

/** Walks the steps at least once and again until `seconds` have passed; adds the results up. */
export async function repeatSmoke(
  target: SmokeTarget,
  seconds: number,
  say: (line: string) => void,
  clock = realClock,
): Promise<SmokeResult> {
  const deadline = clock.now() + seconds * 1000;
  const total = { ...nothing };
  for (;;) {
    const next = clock.now() + paceOf(seconds);
    const { passed, failed, skipped } = await runSmoke(target, say);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (Math.max(next, clock.now()) >= deadline) return total;
    await clock.wait(Math.max(0, next - clock.now()));
  }
}

/** Waits until the gateway answers at all. Throws when it has not within `timeoutMs`. */
export async function waitForGateway(gatewayUrl: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      const { ok } = await fetch(new URL('/openapi.json', gatewayUrl), {
        signal: AbortSignal.timeout(5_000),
      });
      if (ok) return;
    } catch {
      // Not there yet: what counts is the deadline.
    }
    if (performance.now() > deadline) {
      throw new Error(`${gatewayUrl} did not answer within ${Math.round(timeoutMs / 1000)} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
