import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unsentEvents } from '../ledger-audit';
import { simulateCluster } from './simulated';

/** Databases with so many rows in their outbox, in one look after the other. */
function databases(rows: Record<string, number[]>) {
  const { kubectl } = simulateCluster().world;
  return {
    ...kubectl,
    has: ([, pod = '']: string[]) => Promise.resolve(pod in rows),
    run: ([, pod = '', ...command]: string[]) => {
      assert.equal(command.at(-1), 'SELECT count(*) FROM outbox');
      const left = rows[pod] ?? [];
      return Promise.resolve(`${(left.length > 1 ? left.shift() : left[0]) ?? 0}\n`);
    },
  };
}

const wait = () => Promise.resolve();

test('events may take a moment to leave an outbox', async () => {
  const rows = { 'postgres-payments-0': [3, 1, 0], 'postgres-auth-0': [0] };
  assert.deepEqual(await unsentEvents(databases(rows), wait), []);
});

test('events that stay are told, whichever service they are of', async () => {
  for (const service of ['auth', 'users', 'payments', 'gateway']) {
    const rows = { 'postgres-payments-0': [0], [`postgres-${service}-0`]: [7] };
    assert.deepEqual(await unsentEvents(databases(rows), wait), [
      `7 events are still in the outbox of ${service}`,
    ]);
  }
});

test('a database that is elsewhere is left out', async () => {
  assert.deepEqual(await unsentEvents(databases({}), wait), []);
});
