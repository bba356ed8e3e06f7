import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait and for what. */
export interface WaitOptions {
  /** Default 10000. */
  timeoutMs?: number;
  /** Between two looks; default 20. */
  intervalMs?: number;
  /** What is waited for: the words of the error when it does not come. */
  description?: string;
}

type Falsy = false | 0 | '' | null | undefined;

/**
 * Asks until the condition gives something truthy, and answers that. A condition that throws is asked again.
 * Throws after the timeout, with the last error as cause.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<Exclude<T, Falsy>> {
  const { timeoutMs = 10_000, intervalMs = 20, description = 'a condition' } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const [value, error] = await ask(condition);
    if (value) return value as Exclude<T, Falsy>;
    if (performance.now() >= deadline) {
      const because = error instanceof Error ? ` (${error.message})` : '';
      throw new Error(`Waited ${timeoutMs} ms in vain for ${description}${because}`, {
        cause: error,
      });
    }
    await delay(intervalMs);
  }
}

async function ask<T>(condition: () => T | Promise<T>): Promise<[T | undefined, unknown]> {
  try {
    return [await condition(), undefined];
  } catch (error) {
    return [undefined, error];
  }
}
