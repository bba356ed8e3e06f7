import type { Database } from '@quayside/database';
import type { UserCaller } from '@quayside/identity';
import { metrics } from '@quayside/telemetry';
import { createRevokedSessions } from '../domain/revoked-sessions';
import { deleteRevocations, readRevocations } from '../store/revocations';

/** The ended sessions as this replica knows them. */
export interface Revocations {
  /** Whether the caller's session has ended. */
  isRevoked(caller: UserCaller): boolean;
  /** Reads what has been added since the last time. */
  read(): Promise<void>;
  /** Forgets and deletes what cannot matter any more. */
  cleanUp(): Promise<void>;
}

const PAGE = 10_000;

/** Follows the table of revocations; `lifetimeMs` is how long each matters. */
export function createRevocations(database: Database, lifetimeMs: number): Revocations {
  const revoked = createRevokedSessions(lifetimeMs);
  const delay = metrics.histogram(
    'gateway_revocation_delay_seconds',
    'From the end of a session until this replica refuses its tokens',
  );
  metrics.gauge(
    'gateway_revoked_sessions',
    'Ended sessions whose tokens are refused',
    [],
    (gauge) => gauge.set(revoked.size),
  );
  let last = 0n;
  let loaded = false;

  async function read(): Promise<void> {
    for (;;) {
      const page = await readRevocations(database, last, PAGE);
      for (const { number, sessionId, endedAt } of page) {
        revoked.add(sessionId, endedAt);
        // What ended before this replica started says nothing about its speed.
        if (loaded) delay.observe(Math.max(0, Date.now() - endedAt.getTime()) / 1000);
        last = number;
      }
      if (page.length < PAGE) break;
    }
    loaded = true;
  }

  return {
    isRevoked: ({ sessionId }) => sessionId !== undefined && revoked.has(sessionId),
    read,
    async cleanUp() {
      revoked.dropOld();
      await deleteRevocations(database, new Date(Date.now() - lifetimeMs));
    },
  };
}
