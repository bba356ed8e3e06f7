import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '@quayside/database';
import type { UserCaller } from '@quayside/identity';
import { metrics } from '@quayside/telemetry';
import type { NumberedSession } from '../store/revocations';
import { createRevocations } from './revocations';

const LIFETIME_MS = 600_000;
const NOW = 1_000_000;

/** A database that gives these rows to who reads, and does what it is asked to otherwise. */
const databaseOf = (rows: NumberedSession[]) => {
  const query = (text: string) => Promise.resolve(text.startsWith('SELECT') ? rows : []);
  return { query } as unknown as Database;
};

/** What a scrape says. */
async function gauge(): Promise<number | undefined> {
  const found = await metrics.registry.getSingleMetric('gateway_revoked_sessions')?.get();
  return found?.values[0]?.value;
}

test('a replica drops what cannot matter any more from its memory, not only from the table', async ({
  mock,
}) => {
  mock.timers.enable({ apis: ['Date'], now: NOW });
  const ended = { number: 1n, sessionId: 'a', endedAt: new Date(NOW) };
  const revocations = createRevocations(databaseOf([ended]), LIFETIME_MS);
  const isRevoked = () => revocations.isRevoked({ sessionId: 'a' } as UserCaller);
  await revocations.read();
  mock.timers.tick(LIFETIME_MS - 1);
  await revocations.cleanUp();
  assert.deepEqual([isRevoked(), await gauge()], [true, 1]);
  mock.timers.tick(1);
  await revocations.cleanUp();
  assert.deepEqual([isRevoked(), await gauge()], [false, 0]);
});
