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

/** Walks the steps at least once and again until `seconds` have passed; adds the results up. */
export async function repeatSmoke(
  target: SmokeTarget,
  seconds: number,
  say: (line: string) => void,
): Promise<SmokeResult> {
  const deadline = performance.now() + seconds * 1000;
  const total = { ...nothing };
  do {
    const { passed, failed, skipped } = await runSmoke(target, say);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  } while (performance.now() < deadline);
  return total;
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
