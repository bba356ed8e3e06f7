import type { RunningSystem } from '@quayside/dev';
import { Client } from 'pg';

const EVERY_MS = 100;
const OLDEST = `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS seconds FROM (
  SELECT created_at FROM outbox ORDER BY position LIMIT 1) AS oldest`;

/** Looks at the outbox of payments until it is told to stop; then gives the greatest age of the oldest row, in seconds. */
export async function watchOutbox({ databaseUrls }: RunningSystem) {
  const client = new Client({ connectionString: databaseUrls.payments?.runtime });
  await client.connect();
  let greatest = 0;
  const stopping = new AbortController();
  const done = (async () => {
    while (!stopping.signal.aborted) {
      const { rows } = await client.query<{ seconds: number }>(OLDEST);
      greatest = Math.max(greatest, rows[0]?.seconds ?? 0);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    await client.end();
  })();
  return {
    async stop(): Promise<number> {
      stopping.abort();
      await done;
      return greatest;
    },
  };
}
