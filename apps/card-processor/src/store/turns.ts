/** Runs what has the same name one after another. */
export interface Turns {
  <T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Makes the queues, one for each name that is in use. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
