import type { Database } from '@quayside/database';

// Which relays to wake after a commit is a property of the database, not of the code that appends.
const listeners = new WeakMap<Database, Set<() => void>>();

/** Calls `wake` after every local commit that appended to this database's outbox, until the answer is called. */
export function onAppended(database: Database, wake: () => void): () => void {
  const registered = listeners.get(database) ?? new Set();
  listeners.set(database, registered.add(wake));
  return () => registered.delete(wake);
}

/** Says that something was appended and committed. */
export function appended(database: Database): void {
  listeners.get(database)?.forEach((wake) => wake());
}
