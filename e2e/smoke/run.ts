import { steps, type Walk } from './steps';

/** How many of the steps worked. */
export interface SmokeResult {
  passed: number;
  failed: number;
}

/** Walks the steps against a running system and says each one's result with its time. */
export async function runSmoke(
  gatewayUrl: string,
  say: (line: string) => void,
): Promise<SmokeResult> {
  const walk: Walk = { gatewayUrl };
  const result: SmokeResult = { passed: 0, failed: 0 };
  for (const { name, run } of steps) {
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
  return result;
}

/** Walks the steps at least once and again until `seconds` have passed; adds the results up. */
export async function repeatSmoke(
  gatewayUrl: string,
  seconds: number,
  say: (line: string) => void,
): Promise<SmokeResult> {
  const deadline = performance.now() + seconds * 1000;
  const total: SmokeResult = { passed: 0, failed: 0 };
  do {
    const { passed, failed } = await runSmoke(gatewayUrl, say);
    total.passed += passed;
    total.failed += failed;
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
