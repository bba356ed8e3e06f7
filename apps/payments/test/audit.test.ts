// A check that finds nothing proves little: here the ledger is damaged in each way, and the check must find it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readSettings } from '@quayside/config';
import { openDatabase, type Database, type Transaction } from '@quayside/database';
import { metrics } from '@quayside/telemetry';
import { testDatabase, type TestDatabase } from '@quayside/testing';
import { v7 } from 'uuid';
import { readChecks } from '../src/audit/checks';
import { runAudit, scheduledAudit } from '../src/audit/scheduled-audit';
import { service } from '../src/service';
import { migrations } from './fixture';

const [alice, bob, aliceAccount, bobAccount] = [v7(), v7(), v7(), v7()];
const [topUpId, paymentId, refundId, cardTopUpId] = [v7(), v7(), v7(), v7()];

const LAST_RUN = 'payments_audit_last_success_timestamp_seconds';

let stored: TestDatabase;
let owner: Database;

/** A small ledger: 100 come in, 60 are paid, 10 of them given back. */
async function fill(database: Database): Promise<void> {
  const run = (sql: string, ...values: unknown[]) => database.query(sql, values);
  for (const [account, user] of [
    [aliceAccount, alice],
    [bobAccount, bob],
  ]) {
    await run('INSERT INTO handles (user_id, handle) VALUES ($1, $2)', user, `u_${user}`);
    await run(
      "INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'EUR')",
      account,
      user,
    );
  }
  const [funding] = await database.query<{ account_id: string }>(
    "SELECT account_id FROM accounts WHERE system_name = 'funding' AND currency = 'EUR'",
  );
  const transfer = (kind: string, id: string, debit: unknown, credit: string, amount: number) =>
    run(
      `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
         payment_id, description) VALUES ($1, $2, $3, 'EUR', $4, $5, $6, $7, '')`,
      v7(),
      debit,
      credit,
      amount,
      kind,
      id,
      kind === 'top_up' ? null : paymentId,
    );
  const key = (user: string, operation: string, id: string) =>
    run(
      `INSERT INTO idempotency_keys (caller, operation, key, request_hash, result_id)
       VALUES ($1, $2, 'k', '\\x00', $3)`,
      user,
      operation,
      id,
    );
  await run(
    `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
     VALUES ($1, $2, $3, 'EUR', 100, 'completed')`,
    topUpId,
    alice,
    aliceAccount,
  );
  await transfer('top_up', topUpId, funding?.account_id, aliceAccount, 100);
  await run(
    `INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
       refunded, description) VALUES ($1, $2, 'a', $3, 'b', 'EUR', 60, 10, '')`,
    paymentId,
    alice,
    bob,
  );
  await transfer('payment', paymentId, aliceAccount, bobAccount, 60);
  await run(
    `INSERT INTO refunds (refund_id, payment_id, currency, amount) VALUES ($1, $2, 'EUR', 10)`,
    refundId,
    paymentId,
  );
  await transfer('refund', refundId, bobAccount, aliceAccount, 10);
  await key(alice, 'top_up', topUpId);
  await key(alice, 'payment', paymentId);
  await key(bob, 'refund', refundId);
}

/** Names of the checks that find something. */
async function findings(tx: Transaction): Promise<string[]> {
  const found: string[] = [];
  for (const { name, sql } of readChecks()) {
    if ((await tx.query(sql)).length > 0) found.push(name);
  }
  return found;
}

class Undo extends Error {}

/** What the checks find after some damage, which is undone again. */
async function foundAfter(...damage: string[]): Promise<string[]> {
  let found: string[] = [];
  const work = owner.transaction(async (tx) => {
    for (const sql of damage) await tx.query(sql);
    found = await findings(tx);
    throw new Undo();
  });
  await assert.rejects(work, Undo);
  return found;
}

before(async () => {
  stored = await testDatabase('payments', migrations);
  owner = openDatabase({ url: stored.ownerUrl, applicationName: 'test', max: 1 });
  await fill(owner);
});
after(async () => {
  await owner.close();
  await stored.drop();
});

test('an intact ledger has no findings', async () => {
  assert.deepEqual(await foundAfter(), []);
  assert.deepEqual(await foundAfter(...cardTopUp('charging', 'pending')), []);
  const charged = [...cardTopUp('charged', 'pending', 'now()', "'ch'"), cardCharge(cardTopUpId)];
  assert.deepEqual(await foundAfter(...charged), []);
});

// The owner can take the locks off first; whoever restores half a backup needs no leave at all.
const unlock = (table: string) => `ALTER TABLE ${table} DISABLE TRIGGER USER`;
const lastEntry = `account_id = '${aliceAccount}' AND entry_number = 3`;

/** A card top-up in some state, shown as some status; without any of its money. */
const cardTopUp = (state: string, status: string, due = 'now()', charge = 'NULL') => [
  `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
   VALUES ('${cardTopUpId}', '${alice}', '${aliceAccount}', 'EUR', 7, '${status}')`,
  `INSERT INTO card_top_ups (top_up_id, card_token, state, next_attempt_at, charge_before, charge_id)
   VALUES ('${cardTopUpId}', ${state === 'failed' ? 'NULL' : "'tok'"}, '${state}', ${due}, now(), ${charge})`,
];

/** Money taken from a card. */
const cardCharge = (id: string) =>
  `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
     description)
   SELECT uuidv7(), funding.account_id, clearing.account_id, 'EUR', 7, 'card_charge', '${id}', ''
   FROM accounts AS funding, accounts AS clearing
   WHERE funding.currency = 'EUR' AND clearing.currency = 'EUR'
     AND funding.system_name = 'funding' AND clearing.system_name = 'card_clearing'`;

/** A payment of 5 by alice, or a hold that runs out at some time; without any of its money. */
const payment = (expires: string, status: string, captured: number | null = null) =>
  `INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
     description, expires_at, status, captured)
   VALUES ('${v7()}', '${alice}', 'u', '${bob}', 'u', 'EUR', 5, '', ${expires}, '${status}', ${captured})`;

const damages: [string, string[], string[]][] = [
  [
    'money in card_clearing that is of no top-up',
    [cardCharge(v7())],
    ['card-clearing', 'payments'],
  ],
  [
    'a charge that was not posted',
    cardTopUp('charged', 'pending', 'now()', "'ch'"),
    ['card-clearing', 'payments'],
  ],
  [
    'a card top-up that needs a person',
    cardTopUp('needs_attention', 'pending'),
    ['card-top-ups-waiting'],
  ],
  [
    'a card top-up that nobody goes on with',
    cardTopUp('charging', 'pending', "now() - interval '1 hour'"),
    ['card-top-ups-waiting'],
  ],
  [
    'a failed card top-up that is shown as pending',
    cardTopUp('failed', 'pending'),
    ['card-top-ups'],
  ],
  [
    'a balance that is too high',
    [`UPDATE accounts SET balance = balance + 1 WHERE account_id = '${aliceAccount}'`],
    ['balances', 'conservation'],
  ],
  [
    'money moved between two balances without a transfer',
    [
      `UPDATE accounts SET balance = balance - 1 WHERE account_id = '${aliceAccount}'`,
      `UPDATE accounts SET balance = balance + 1 WHERE account_id = '${bobAccount}'`,
    ],
    ['balances'],
  ],
  [
    'a negative balance',
    [
      'ALTER TABLE accounts DROP CONSTRAINT no_overdraft, DROP CONSTRAINT no_overdraft_of_available',
      `UPDATE accounts SET balance = -1 WHERE account_id = '${aliceAccount}'`,
    ],
    ['balances', 'conservation', 'holds'],
  ],
  [
    'a lost entry',
    [unlock('entries'), `DELETE FROM entries WHERE ${lastEntry}`],
    ['balances', 'two-sides'],
  ],
  [
    'a gap in the numbers',
    [unlock('entries'), `UPDATE entries SET entry_number = 4 WHERE ${lastEntry}`],
    ['running-balances'],
  ],
  [
    'a wrong running balance',
    [unlock('entries'), `UPDATE entries SET balance_after = 51 WHERE ${lastEntry}`],
    ['running-balances'],
  ],
  [
    'an entry of another amount',
    [unlock('entries'), `UPDATE entries SET amount = 11, balance_after = 51 WHERE ${lastEntry}`],
    ['balances', 'two-sides'],
  ],
  [
    'a transfer without entries',
    [
      unlock('transfers'),
      `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
         description)
       SELECT uuidv7(), '${bobAccount}', '${aliceAccount}', 'EUR', 1, 'top_up', uuidv7(), ''`,
    ],
    ['payments', 'two-sides'],
  ],
  [
    'a transfer of another amount than was asked for',
    [unlock('transfers'), `UPDATE transfers SET amount = 61 WHERE kind = 'payment'`],
    ['payments', 'two-sides'],
  ],
  [
    'money that came from nowhere',
    [unlock('transfers'), `UPDATE transfers SET amount = 99 WHERE kind = 'top_up'`],
    ['conservation', 'payments', 'two-sides'],
  ],
  ['a payment that moved no money', [payment('NULL', 'completed')], ['payments']],
  [
    'a capture that moved no money',
    [unlock('payments'), payment('now()', 'completed', 5)],
    ['payments'],
  ],
  [
    'a payment that was posted and is lost',
    [
      'DELETE FROM refunds',
      `DELETE FROM payments WHERE payment_id = '${paymentId}'`,
      `DELETE FROM idempotency_keys WHERE operation <> 'top_up'`,
    ],
    ['payments'],
  ],
  ['a hold that holds nothing', [unlock('payments'), payment('now()', 'authorized')], ['holds']],
  [
    'a payment that names somebody else',
    [`UPDATE payments SET payee_user_id = '${v7()}'`],
    ['idempotency', 'parties'],
  ],
  [
    'more refunded than paid',
    [
      'ALTER TABLE payments DROP CONSTRAINT refunded_within_amount, DROP CONSTRAINT refunded_within_captured',
      'UPDATE payments SET refunded = 61',
    ],
    ['refunds'],
  ],
  ['a fee that was not posted', ['UPDATE payments SET fee = 1'], ['payments']],
  [
    'money held for nobody',
    [`UPDATE accounts SET held = 1 WHERE account_id = '${bobAccount}'`],
    ['holds'],
  ],
  ['a refund that is not counted', ['UPDATE payments SET refunded = 0'], ['refunds']],
  [
    'a refund that moved no money',
    [
      `INSERT INTO refunds (refund_id, payment_id, currency, amount)
       VALUES ('${v7()}', '${paymentId}', 'EUR', 5)`,
    ],
    ['payments', 'refunds'],
  ],
  [
    'a key that leads nowhere',
    [`UPDATE idempotency_keys SET result_id = '${v7()}' WHERE operation = 'payment'`],
    ['idempotency'],
  ],
  [
    "a key that leads to another caller's top-up",
    [`UPDATE idempotency_keys SET caller = '${bob}' WHERE operation = 'top_up'`],
    ['idempotency'],
  ],
  [
    'a refusal although money moved',
    [`UPDATE idempotency_keys SET refusal = '{}' WHERE operation = 'refund'`],
    ['idempotency'],
  ],
  [
    'an account that is open although its owner has left',
    [`INSERT INTO closures (user_id) VALUES ('${bob}')`],
    ['closures'],
  ],
  [
    'an account that is closed although nobody asked for it, with money in it',
    [
      'ALTER TABLE accounts DROP CONSTRAINT closed_is_empty',
      `UPDATE accounts SET status = 'closed' WHERE account_id = '${aliceAccount}'`,
    ],
    ['closures'],
  ],
];

for (const [what, damage, expected] of damages) {
  test(`found: ${what}`, async () => {
    assert.deepEqual(await foundAfter(...damage), expected);
  });
}

test('the scheduled audit tells in its metrics what it found, and that it ran', async () => {
  const shown = () => metrics.registry.metrics().then((text) => text.split('\n'));
  await runAudit(owner, readChecks());
  assert.ok((await shown()).includes('payments_audit_findings{check="balances"} 0'));
  assert.ok((await shown()).some((line) => /^payments_audit_last_success.* [1-9]/.test(line)));

  await owner.query('UPDATE accounts SET balance = balance + 1 WHERE account_id = $1', [
    bobAccount,
  ]);
  await runAudit(owner, readChecks());
  assert.ok((await shown()).includes('payments_audit_findings{check="balances"} 1'));
  await owner.query('UPDATE accounts SET balance = balance - 1 WHERE account_id = $1', [
    bobAccount,
  ]);
});

test('a check that cannot be run keeps none of the others from running', async () => {
  const slip = { name: 'slip', sql: 'SELECT slip;' };
  const finds = { name: 'finds', sql: 'SELECT * FROM generate_series(1, 12) -- many' };
  const before = await metrics.registry.getSingleMetricAsString(LAST_RUN);
  await runAudit(owner, [slip, finds]);
  const shown = await metrics.registry.metrics();
  assert.match(shown, /payments_audit_findings{check="finds"} 12\n/);
  assert.doesNotMatch(shown, /check="slip"/);
  assert.equal(await metrics.registry.getSingleMetricAsString(LAST_RUN), before);
});

test('the scheduled audit leaves it to the replica that is at it, and changes nothing', async () => {
  const [first, second] = [1, 2].map(() => scheduledAudit(owner, 1));
  const signal = new AbortController().signal;
  const other = await owner.session({ name: 'other replica' });
  await other.query('SELECT pg_advisory_lock($1, 2)', [0x71756179]);
  await first?.run(signal);
  const never = () =>
    metrics.registry.getSingleMetricAsString(LAST_RUN).then((text) => text.endsWith(' 0'));
  assert.equal(await never(), true);
  await other.query('SELECT pg_advisory_unlock($1, 2)', [0x71756179]);
  await other.close();
  await second?.run(signal);
  assert.equal(await never(), false);
});

/** The jobs that the service has with these settings. */
async function jobsWith(env: Record<string, string>) {
  const context = { settings: readSettings(service.settings, env), database: owner };
  const { jobs = [] } = await service.build(
    context as unknown as Parameters<typeof service.build>[0],
  );
  return jobs;
}

test('the service audits by itself, as often as it is told to, or never', async () => {
  const never = await jobsWith({ AUDIT_EVERY_MINUTES: '0' });
  const names = new Set(never.map(({ name }) => name));
  const added = (await jobsWith({ AUDIT_EVERY_MINUTES: '7' })).filter(
    ({ name }) => !names.has(name),
  );
  assert.deepEqual(
    added.map(({ everyMs, firstAfterMs }) => [everyMs, firstAfterMs]),
    [[420_000, 420_000]],
  );
  const lastRun = () => metrics.registry.getSingleMetricAsString(LAST_RUN);
  assert.match(await lastRun(), / 0$/);
  await added[0]!.run(new AbortController().signal);
  assert.doesNotMatch(await lastRun(), / 0$/);
  // An hour is what it is without a setting.
  const usual = await jobsWith({});
  assert.ok(usual.some(({ name, everyMs }) => name === added[0]!.name && everyMs === 3_600_000));
});

test('every check has found something', () => {
  const checks = readChecks().map(({ name }) => name);
  assert.deepEqual([...new Set(damages.flatMap(([, , found]) => found))].sort(), checks.sort());
});
