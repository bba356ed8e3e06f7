import { AsyncLocalStorage } from 'node:async_hooks';

const deadlines = new AsyncLocalStorage<Date>();

/** The deadline of the work that is running, when something set one. */
export const currentDeadline = (): Date | undefined => deadlines.getStore();

/** Runs `fn`; every call made in it ends by `deadline`, or by the surrounding one if that is earlier. */
export function runWithDeadline<T>(deadline: Date, fn: () => T): T {
  const surrounding = currentDeadline();
  const earlier = surrounding && surrounding < deadline ? surrounding : deadline;
  return deadlines.run(earlier, fn);
}
