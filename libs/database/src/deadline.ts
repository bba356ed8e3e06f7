/** The time a piece of work had is over before it was done. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  /** The SQLSTATE of a statement that PostgreSQL cancelled, so that both are told apart from others alike. */
  readonly code = '57014';

  constructor(options?: ErrorOptions) {
    super('The deadline passed before the database was done.', options);
  }
}

/** Whole milliseconds left, at least 1. Throws a DeadlineError when none are. */
export function millisecondsLeft(deadline: Date): number {
  const left = Math.floor(deadline.getTime() - Date.now());
  if (left < 1) throw new DeadlineError();
  return left;
}

/** Whether the moment has passed; no moment never does. */
export const hasPassed = (deadline: Date | undefined): boolean =>
  deadline !== undefined && deadline.getTime() <= Date.now();

/**
 * The promise's outcome if it comes before the deadline, else a DeadlineError; a value that comes later goes
 * to `late`.
 */
export async function before<T>(
  deadline: Date | undefined,
  promise: Promise<T>,
  late: (value: T) => void,
): Promise<T> {
  if (deadline === undefined) return promise;
  let timer: NodeJS.Timeout | undefined;
  let passed = false;
  const timeout = new Promise<never>((_resolve, reject) => {
    const fire = () => {
      passed = true;
      reject(new DeadlineError());
    };
    timer = setTimeout(fire, Math.max(0, deadline.getTime() - Date.now()));
  });
  promise.then(
    (value) => {
      if (passed) late(value);
    },
    () => undefined,
  );
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
