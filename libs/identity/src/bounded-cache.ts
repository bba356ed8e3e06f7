/** Values that hold until a time, at most so many of them. */
export interface BoundedCache<Value> {
  /** The value, unless it is unknown or its time has passed. */
  get(key: string): Value | undefined;
  /** Keeps a value until `expiresAt` (milliseconds since the epoch). */
  set(key: string, value: Value, expiresAt: number): void;
  readonly size: number;
}

/** A cache of at most `capacity` values; the one used longest ago makes room. */
export function boundedCache<Value>(capacity: number): BoundedCache<Value> {
  // A Map keeps the order of insertion: the first is the one used longest ago.
  const entries = new Map<string, { value: Value; expiresAt: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.expiresAt <= Date.now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, expiresAt) {
      entries.delete(key);
      entries.set(key, { value, expiresAt });
      for (const oldest of entries.keys()) {
        if (entries.size <= capacity) break;
        entries.delete(oldest);
      }
    },
    get size() {
      return entries.size;
    },
  };
}
