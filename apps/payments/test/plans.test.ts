// No statement that customers wait for reads a whole table that grows, once the tables have grown.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPayments, type PaymentsFixture, type TestCustomer } from './fixture';
import { callEverything, fillLedger, readWhole, watchPlans, type WatchedPlans } from './plans';

let payments: PaymentsFixture;
let customers: [TestCustomer, TestCustomer];
let watched: WatchedPlans;

before(async () => {
  payments = await startPayments({ AUDIT_EVERY_MINUTES: '0', LOG_LEVEL: 'error' });
  customers = await Promise.all([payments.customer('ada'), payments.customer('bob')]);
  await fillLedger(payments.ownerUrl, 5_000, 2_000);
  watched = await watchPlans(payments.adminUrl);
});
after(async () => {
  watched.stop();
  await payments.stop();
});

test('what customers call often reads no whole table', async () => {
  await callEverything(payments, customers);
  const { plans } = watched;
  // Those of the triggers are among them.
  for (const part of [
    'INSERT INTO entries',
    'UPDATE accounts SET balance',
    'FOR KEY SHARE',
    'UPDATE card_top_ups SET version',
    'JOIN processor_events',
  ]) {
    assert.ok(
      [...plans.keys()].some((query) => query.includes(part)),
      part,
    );
  }
  const slow = [...plans].filter(([, plan]) => readWhole(plan).length > 0);
  assert.deepEqual(
    slow.map(([query, plan]) => `${query}\n${plan}`),
    [],
  );
});

test('the search for a moment looks at one entry at a time, however few an account has on average', () => {
  const [, plan = ''] =
    [...watched.plans].find(([query]) => query.includes('search (moment')) ?? [];
  const one =
    /Index Cond: \(\(account_id = [^)]+\) AND \(entry_number = \(\(\(\S*low \+ \S*high\) \+ 1\) \/ 2\)\)\)/;
  assert.match(plan, one);
});

test('a statement without an index would be seen', async () => {
  await payments.database.query("SELECT count(*) FROM transfers WHERE description = 'lunch'");
  const [, plan = ''] =
    [...watched.plans].find(([query]) => query.startsWith('SELECT count(*)')) ?? [];
  assert.deepEqual(readWhole(plan), ['transfers']);
});
