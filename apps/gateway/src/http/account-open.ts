import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks, doubled after each. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 160;

/**
 * Looks until `isOpen` says so. False when that takes longer than `timeoutMs` or the signal is aborted. A look
 * that fails is one that did not see it: the sign-up itself has succeeded.
 */
export async function waitUntilOpen(
  isOpen: (deadline: Date) => Promise<boolean>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<boolean> {
  const deadline = new Date(Date.now() + timeoutMs);
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted && Date.now() < deadline.getTime()) {
    if (await isOpen(deadline).catch(() => false)) return true;
    const left = deadline.getTime() - Date.now();
    await pause(Math.max(0, Math.min(pauseMs, left)), undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
  return false;
}
