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
