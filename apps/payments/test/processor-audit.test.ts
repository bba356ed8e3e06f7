// Two ledgers that differ: each kind of difference between ours and the card processor's is made, and found.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase, type Database } from '@quayside/database';
import { metrics } from '@quayside/telemetry';
import { testDatabase, type TestDatabase } from '@quayside/testing';
import { v7 } from 'uuid';
import { processorChecks } from '../src/audit/processor-checks';
import { runAudit } from '../src/audit/scheduled-audit';
import { Unanswered, type CardProcessor, type ProcessorCharge } from '../src/card/processor';
import { migrations } from './fixture';

const states = ['charging', 'failed', 'completed', 'refunded'] as const;
const topUps = Object.fromEntries(states.map((state) => [state, v7()])) as Record<
  (typeof states)[number],
  string
>;

let stored: TestDatabase;
let owner: Database;
before(async () => {
  stored = await testDatabase('payments', migrations);
  owner = openDatabase({ url: stored.ownerUrl, applicationName: 'test', max: 1 });
  // Only the sagas matter here: whether their money is there is for other checks.
  await owner.query('ALTER TABLE card_top_ups DISABLE TRIGGER USER');
  const [user, account] = [v7(), v7()];
  await owner.query("INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'EUR')", [
    account,
    user,
  ]);
  for (const state of states) {
    await owner.query(
      `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
       VALUES ($1, $2, $3, 'EUR', 100, 'pending')`,
      [topUps[state], user, account],
    );
    const charged = state === 'completed' || state === 'refunded';
    await owner.query(
      `INSERT INTO card_top_ups (top_up_id, card_token, state, next_attempt_at, charge_before, charge_id, refund_id, changed_at)
       VALUES ($1, $5, $2, now(), now(), $3, $4, now() - interval '1 minute')`,
      [
        topUps[state],
        state,
        charged ? `ch_${state}` : null,
        state === 'refunded' ? 're_1' : null,
        state === 'charging' ? 'tok' : null,
      ],
    );
  }
});
after(async () => {
  await owner.close();
  await stored.drop();
});

const createdAt = '2026-01-02T03:04:05.678Z';
const charge = (state: (typeof states)[number], more: Partial<ProcessorCharge> = {}) => ({
  ...{ chargeId: `ch_${state}`, key: topUps[state], amount: '100', currency: 'EUR' },
  ...{ status: 'succeeded' as const, createdAt },
  ...more,
});
const refund = (chargeId: string, more: object = {}) => ({
  ...{ refundId: 're_1', key: 'k', chargeId, amount: '100', currency: 'EUR', createdAt },
  ...more,
});

type Lists = Awaited<ReturnType<CardProcessor['list']>>;

const intact: Lists = {
  charges: [
    charge('completed'),
    charge('refunded'),
    charge('failed', { status: 'declined' }),
    // Charged a moment ago, and our answer is on its way.
    charge('charging'),
  ],
  refunds: [refund('ch_refunded')],
};

const listing = (list: CardProcessor['list']) => ({ list }) as CardProcessor;

async function problems(lists: Lists): Promise<string[]> {
  const checks = await processorChecks(listing(() => Promise.resolve(lists)));
  const found: string[] = [];
  for (const { name, sql, values } of checks) {
    for (const { problem } of await owner.query<{ problem: string }>(sql, values)) {
      found.push(`${name}: ${problem}`);
    }
  }
  return found;
}

/** The list of charges with one of them changed. */
const withCharge = (state: (typeof states)[number], more: Partial<ProcessorCharge>): Lists => ({
  ...intact,
  charges: intact.charges.map((one) => (one.key === topUps[state] ? { ...one, ...more } : one)),
});

test('two ledgers that agree have no findings', async () => {
  assert.deepEqual(await problems(intact), []);
});

const differences: [string, Lists][] = [
  [
    'charges: of no top-up of ours',
    {
      ...intact,
      charges: [...intact.charges, charge('completed', { key: v7(), chargeId: 'ch_x' })],
    },
  ],
  ['charges: charged for us only', { ...intact, charges: intact.charges.slice(1) }],
  ['charges: of another amount', withCharge('completed', { amount: '99' })],
  ['charges: of another amount', withCharge('completed', { currency: 'USD' })],
  ['charges: charged, and failed for us', withCharge('failed', { status: 'succeeded' })],
  ['charges: declined, and charged for us', withCharge('completed', { status: 'declined' })],
  ['charges: another charge than ours', withCharge('completed', { chargeId: 'ch_x' })],
  ['refunds: of no charge of ours', { ...intact, refunds: [...intact.refunds, refund('ch_x')] }],
  ['refunds: given back for us only', { ...intact, refunds: [] }],
  [
    'refunds: given back, and credited',
    { ...intact, refunds: [...intact.refunds, refund('ch_completed')] },
  ],
  ['refunds: of another amount', { ...intact, refunds: [refund('ch_refunded', { amount: '99' })] }],
  [
    'refunds: another refund than ours',
    { ...intact, refunds: [refund('ch_refunded', { refundId: 're_x' })] },
  ],
];

for (const [expected, lists] of differences) {
  test(`found: ${expected}`, async () => {
    assert.deepEqual(await problems(lists), [`processor-${expected}`]);
  });
}

test('found: charged twice, and given back twice', async () => {
  const twice = {
    charges: [...intact.charges, charge('completed', { chargeId: 'ch_again' })],
    refunds: [...intact.refunds, refund('ch_refunded', { refundId: 're_again' })],
  };
  assert.deepEqual(
    [...new Set(await problems(twice))],
    ['processor-charges: charged twice', 'processor-refunds: given back twice'],
  );
});

test('what is older than a week need not be in the list of the service', async () => {
  let askedFrom = new Date();
  const empty = listing((createdFrom) => {
    askedFrom = createdFrom;
    return Promise.resolve({ charges: [], refunds: [] });
  });
  const found = async () => {
    const checks = await processorChecks(empty);
    const rows = await Promise.all(checks.map(({ sql, values }) => owner.query(sql, values)));
    return rows.flat().length;
  };
  assert.equal(await found(), 3);
  await owner.query("UPDATE top_ups SET created_at = created_at - interval '8 days'");
  assert.equal(await found(), 0);
  await owner.query("UPDATE top_ups SET created_at = created_at + interval '8 days'");
  const age = Date.now() - askedFrom.getTime();
  assert.ok(age > 7 * 86_400_000 && age < 8 * 86_400_000);
});

test('the scheduled audit compares too, and does not say that it ran when the processor does not list', async () => {
  const lastRun = () =>
    metrics.registry.getSingleMetricAsString('payments_audit_last_success_timestamp_seconds');
  const away = listing(() => Promise.reject(new Unanswered()));
  const lists = { ...intact, refunds: [] };
  await runAudit(owner, [], { processor: listing(() => Promise.resolve(lists)) });
  const shown = await metrics.registry.metrics();
  assert.match(shown, /payments_audit_findings{check="processor-charges"} 0\n/);
  assert.match(shown, /payments_audit_findings{check="processor-refunds"} 1\n/);
  const before = await lastRun();
  await runAudit(owner, [], { processor: away });
  assert.equal(await lastRun(), before);
});
