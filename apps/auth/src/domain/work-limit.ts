import { QuaysideError } from '@quayside/errors';

/** Lets a bounded number of costly jobs run at once and a bounded number wait, in order. */
export interface WorkLimit {
  /**
   * Runs the job when its turn comes. Throws unavailable at once when too many wait already, and
   * deadline_exceeded, without running it, when its turn comes after the deadline.
   */
  run<T>(job: () => Promise<T>, deadline: Date): Promise<T>;
}

/** A limit of `concurrent` running and `waiting` queued jobs. */
export function createWorkLimit(bounds: { concurrent: number; waiting: number }): WorkLimit {
  const queue: (() => void)[] = [];
  let running = 0;

  const takeTurn = async (): Promise<void> => {
    if (running < bounds.concurrent) {
      running += 1;
      return;
    }
    if (queue.length >= bounds.waiting) {
      throw new QuaysideError('unavailable', 'Too many sign-ins at once; try again shortly.');
    }
    // The turn is handed over by endTurn, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const endTurn = (): void => {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  };

  return {
    async run(job, deadline) {
      await takeTurn();
      try {
        if (Date.now() >= deadline.getTime()) {
          throw new QuaysideError(
            'deadline_exceeded',
            'There was no time left to check a password.',
          );
        }
        return await job();
      } finally {
        endTurn();
      }
    },
  };
}
