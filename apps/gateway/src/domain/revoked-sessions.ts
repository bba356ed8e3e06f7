/** The sessions that ended not long ago, in memory: asked for every request. */
export interface RevokedSessions {
  /** Whether tokens of the session are refused. */
  has(sessionId: string): boolean;
  add(sessionId: string, endedAt: Date): void;
  /** Drops what cannot matter any more: tokens of those sessions have expired by themselves. */
  dropOld(): void;
  readonly size: number;
}

/** Remembers each session until `lifetimeMs` after its end. */
export function createRevokedSessions(lifetimeMs: number): RevokedSessions {
  const dropAt = new Map<string, number>();
  return {
    has: (sessionId) => dropAt.has(sessionId),
    add(sessionId, endedAt) {
      const at = endedAt.getTime() + lifetimeMs;
      if (at > Date.now()) dropAt.set(sessionId, at);
    },
    dropOld() {
      const now = Date.now();
      for (const [sessionId, at] of dropAt) if (at <= now) dropAt.delete(sessionId);
    },
    get size() {
      return dropAt.size;
    },
  };
}
