// The database itself refuses what must never be, asked directly as the service's own role.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase, type Database } from '@quayside/database';
import { testDatabase, type TestDatabase } from '@quayside/testing';
import { v7 } from 'uuid';
import { migrations } from './fixture';

let stored: TestDatabase;
let database: Database;
let owner: Database;
const [alice, bob] = [v7(), v7()];
let funding = '';
let dollars = '';
let aliceId = '';

/** Makes a payment as the service's role. */
const payment = (
  paymentId: string,
  amount: bigint,
  status: string,
  captured: bigint | null = null,
) =>
  database.query(
    `INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount,
       description, status, captured, expires_at)
     VALUES ($1, $2, 'a', $3, 'b', 'EUR', $4, '', $5, $6, now() + interval '1 hour')`,
    [paymentId, aliceId, v7(), amount, status, captured],
  );
const heldByAlice = async () =>
  (
    await database.query<{ held: bigint }>('SELECT held FROM accounts WHERE account_id = $1', [
      alice,
    ])
  )[0]?.held;

/** Posts a transfer as the service's role. */
const transfer = (debit: string, credit: string, amount: bigint, currency = 'EUR') =>
  database.query(
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
       description) VALUES ($1, $2, $3, $4, $5, 'top_up', $6, '')`,
    [v7(), debit, credit, currency, amount, v7()],
  );
const balances = () =>
  database.query<{ balance: bigint; entry_count: bigint }>(
    'SELECT balance, entry_count FROM accounts WHERE account_id = ANY($1) ORDER BY account_id',
    [[alice, bob]],
  );

before(async () => {
  stored = await testDatabase('payments', migrations);
  database = openDatabase({ url: stored.url, applicationName: 'test', max: 2 });
  owner = openDatabase({ url: stored.ownerUrl, applicationName: 'test', max: 1 });
  for (const account of [alice, bob]) {
    await database.query(
      "INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'EUR')",
      [account, v7()],
    );
  }
  const [row] = await owner.query<{ account_id: string }>(
    "SELECT account_id FROM accounts WHERE system_name = 'funding'",
  );
  funding = row?.account_id ?? '';
  dollars = v7();
  await owner.query("INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'USD')", [
    dollars,
    v7(),
  ]);
  await transfer(funding, alice, 100n);
  const [row2] = await database.query<{ user_id: string }>(
    'SELECT user_id FROM accounts WHERE account_id = $1',
    [alice],
  );
  aliceId = row2?.user_id ?? '';
});
after(async () => {
  await database.close();
  await owner.close();
  await stored.drop();
});

test('a transfer writes both sides by itself', async () => {
  await transfer(alice, bob, 30n);
  assert.deepEqual(await balances(), [
    { balance: 70n, entry_count: 2n },
    { balance: 30n, entry_count: 1n },
  ]);
});

test('several transfers of one statement are posted in their order', async () => {
  await database.query(
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
       description)
     SELECT uuidv7(), debit, credit, 'EUR', 10, 'top_up', uuidv7(), ''
     FROM unnest($1::uuid[], $2::uuid[]) AS legs (debit, credit)`,
    [
      [alice, bob],
      [bob, alice],
    ],
  );
  const rows = await database.query<{ balance_after: bigint }>(
    'SELECT balance_after FROM entries WHERE account_id = $1 ORDER BY entry_number DESC LIMIT 2',
    [alice],
  );
  assert.deepEqual(
    rows.map(({ balance_after }) => balance_after),
    [70n, 60n],
  );
});

const refused: [string, () => Promise<unknown>, RegExp][] = [
  ['an overdraft', () => transfer(alice, bob, 1_000n), /no_overdraft/],
  ['nothing at all', () => transfer(alice, bob, 0n), /positive_amount/],
  ['a negative amount', () => transfer(alice, bob, -5n), /positive_amount/],
  ['a transfer to itself', () => transfer(alice, alice, 5n), /two_accounts/],
  ['two currencies', () => transfer(alice, dollars, 5n), /foreign key/],
  ['an account that does not exist', () => transfer(alice, v7(), 5n), /foreign key/],
  ['changing a transfer', () => database.query('UPDATE transfers SET amount = 1'), /permission/],
  [
    "changing a transfer's currency",
    () => database.query("UPDATE transfers SET currency = 'USD'"),
    /permission/,
  ],
  ['deleting a transfer', () => database.query('DELETE FROM transfers'), /permission/],
  ['changing an entry', () => database.query('UPDATE entries SET amount = 1'), /permission/],
  ['deleting an entry', () => database.query('DELETE FROM entries'), /permission/],
  [
    'an entry without its counterpart',
    () =>
      database.query(
        `INSERT INTO entries (account_id, entry_number, transfer_id, amount, balance_after)
         SELECT $1, 99, transfer_id, 1, 1 FROM transfers LIMIT 1`,
        [alice],
      ),
    /permission/,
  ],
  ['a balance by hand', () => database.query('UPDATE accounts SET balance = 1'), /permission/],
  [
    'an account that starts with money',
    () =>
      database.query(
        "INSERT INTO accounts (account_id, user_id, currency, balance) VALUES ($1, $2, 'EUR', 5)",
        [v7(), v7()],
      ),
    /permission/,
  ],
  [
    'the owner changing an entry',
    () => owner.query('UPDATE entries SET amount = 1'),
    /append-only/,
  ],
  ['the owner deleting a transfer', () => owner.query('DELETE FROM transfers'), /append-only/],
  ['the owner emptying entries', () => owner.query('TRUNCATE entries'), /append-only/],
];

for (const [what, attempt, reason] of refused) {
  test(`refused: ${what}`, async () => {
    const before = await balances();
    await assert.rejects(attempt, reason);
    assert.deepEqual(await balances(), before);
  });
}

test('a hold sets aside by itself, and no more than there is', async () => {
  const hold = v7();
  await payment(hold, 20n, 'authorized');
  assert.equal(await heldByAlice(), 20n);
  const settle = (set: string) =>
    database.query(`UPDATE payments SET ${set} WHERE payment_id = $1`, [hold]);
  const refusals: [string, () => Promise<unknown>, RegExp][] = [
    ['more than is available', () => payment(v7(), 51n, 'authorized'), /no_overdraft_of_available/],
    ['paying what is held', () => transfer(alice, bob, 51n), /no_overdraft_of_available/],
    [
      'a hold that begins as captured',
      () => payment(v7(), 5n, 'completed', 5n),
      /begins as authorized/,
    ],
    ['a hold that begins as voided', () => payment(v7(), 5n, 'voided'), /begins as authorized/],
    [
      'held by hand',
      () => database.query('UPDATE accounts SET held = 0 WHERE account_id = $1', [alice]),
      /permission/,
    ],
    ['a smaller amount', () => settle('amount = 1'), /permission/],
    ['an earlier end', () => settle('expires_at = now()'), /permission/],
    ['a hold that disappears', () => database.query('DELETE FROM payments'), /permission/],
    ['expired before its time', () => settle("status = 'expired'"), /has not expired/],
    [
      'captured but not moved',
      () => settle("status = 'completed', captured = 20"),
      /without a transfer/,
    ],
    [
      'more captured than held',
      () => settle("status = 'completed', captured = 21"),
      /captured_within_amount/,
    ],
    ['completed without a capture', () => settle("status = 'completed'"), /states_of_a_hold/],
    ['a refund of what has not moved', () => settle('refunded = 1'), /refunded_within_captured/],
  ];
  for (const [what, attempt, reason] of refusals) {
    await assert.rejects(attempt, reason, what);
    assert.equal(await heldByAlice(), 20n, what);
  }
  await settle("status = 'voided'");
  assert.equal(await heldByAlice(), 0n);
  await assert.rejects(settle("status = 'authorized'"), /there is no way/);
  await assert.rejects(settle("status = 'expired'"), /there is no way/);
  assert.equal(await heldByAlice(), 0n);
});
