// What the database itself refuses of card top-ups, asked directly as the service's own role.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDatabase, type Database, type Transaction } from '@quayside/database';
import { testDatabase, type TestDatabase } from '@quayside/testing';
import { v7 } from 'uuid';
import { migrations } from './fixture';

let stored: TestDatabase;
let database: Database;
const [user, account] = [v7(), v7()];
const system = new Map<string, string>();

before(async () => {
  stored = await testDatabase('payments', migrations);
  database = openDatabase({ url: stored.url, applicationName: 'test', max: 2 });
  await database.query(
    "INSERT INTO accounts (account_id, user_id, currency) VALUES ($1, $2, 'EUR')",
    [account, user],
  );
  const rows = await database.query<{ system_name: string; account_id: string }>(
    "SELECT system_name, account_id FROM accounts WHERE system_name IS NOT NULL AND currency = 'EUR'",
  );
  for (const { system_name, account_id } of rows) system.set(system_name, account_id);
});
after(async () => {
  await database.close();
  await stored.drop();
});

const refusedByRule = (constraint: RegExp) => (error: unknown) =>
  error instanceof Error && constraint.test(error.message);

async function begin(): Promise<string> {
  const id = v7();
  await database.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
       VALUES ($1, $2, $3, 'EUR', 100, 'pending')`,
      [id, user, account],
    );
    await tx.query(
      "INSERT INTO card_top_ups (top_up_id, card_token, next_attempt_at, charge_before) VALUES ($1, 'tok', now(), now())",
      [id],
    );
  });
  return id;
}

const become = (tx: Transaction, id: string, state: string, charge: string | null = `ch_${id}`) =>
  tx.query('UPDATE card_top_ups SET state = $2, charge_id = $3 WHERE top_up_id = $1', [
    id,
    state,
    charge,
  ]);

const ends = {
  card_charge: ['funding', 'card_clearing'],
  card_refund: ['card_clearing', 'funding'],
  top_up: ['card_clearing', ''],
} as const;

const post = (tx: Transaction, id: string, kind: keyof typeof ends, amount = 100) =>
  tx.query(
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
       description) VALUES ($1, $2, $3, 'EUR', $4, $5, $6, '')`,
    [
      ...[v7(), system.get(ends[kind][0]), system.get(ends[kind][1]) ?? account],
      ...[amount, kind, id],
    ],
  );

async function charged(): Promise<string> {
  const id = await begin();
  await database.transaction(async (tx) => {
    await become(tx, id, 'charged');
    await post(tx, id, 'card_charge');
  });
  return id;
}

test('a state without its money, and money without its state', async () => {
  const id = await begin();
  const notThere = refusedByRule(/not where its state says|does not allow this/);
  await assert.rejects(
    database.transaction((tx) => become(tx, id, 'charged')),
    notThere,
  );
  await assert.rejects(
    database.transaction((tx) => post(tx, id, 'card_charge')),
    notThere,
  );
  await assert.rejects(
    database.transaction((tx) => post(tx, id, 'top_up')),
    notThere,
  );
  const other = async (tx: Transaction) => {
    await become(tx, id, 'charged');
    await post(tx, id, 'card_charge', 99);
  };
  await assert.rejects(database.transaction(other), notThere);
});

test('no way leads from the beginning to the credit, nor back from the end', async () => {
  const noWay = refusedByRule(/there is no way/);
  const id = await begin();
  await assert.rejects(
    database.transaction((tx) => become(tx, id, 'completed')),
    noWay,
  );
  const done = await charged();
  await database.transaction(async (tx) => {
    await become(tx, done, 'completed');
    await post(tx, done, 'top_up');
  });
  for (const state of ['charged', 'refunding', 'refunded', 'failed', 'needs_attention']) {
    await assert.rejects(database.transaction((tx) => become(tx, done, state)));
  }
});

test('the drawing of the states has every way that there is, and no other', async () => {
  const drawing = await readFile(join(import.meta.dirname, '../../../docs/payments.md'), 'utf8');
  const drawn = [...drawing.matchAll(/^ {2}(\w+) --> (\w+):/gm)].map(
    ([, from, to]) => `${from} ${to}`,
  );
  const [row] = await database.query<{ source: string }>(
    "SELECT prosrc AS source FROM pg_proc WHERE proname = 'follow_the_ways'",
  );
  const ways = [...row!.source.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(
    ([, from, to]) => `${from} ${to}`,
  );
  assert.deepEqual(drawn.sort(), ways.sort());
});

test('nothing is credited twice, nor credited and given back', async () => {
  const id = await charged();
  await database.transaction(async (tx) => {
    await become(tx, id, 'completed');
    await post(tx, id, 'top_up');
  });
  await assert.rejects(
    database.transaction((tx) => post(tx, id, 'top_up')),
    refusedByRule(/transfers_reference/),
  );
  await assert.rejects(
    database.transaction((tx) => post(tx, id, 'card_refund')),
    refusedByRule(/does not allow this/),
  );
});

test('one charge pays one top-up, and only top-ups from cards move what is in card_clearing', async () => {
  const [first, second] = [await charged(), await begin()];
  const twice = async (tx: Transaction) => {
    await become(tx, second, 'charged', `ch_${first}`);
    await post(tx, second, 'card_charge');
  };
  await assert.rejects(database.transaction(twice), refusedByRule(/charge_id_key/));
  await assert.rejects(
    database.transaction((tx) => post(tx, v7(), 'top_up')),
    refusedByRule(/only card top-ups/),
  );
});

test('what the processor has told stays as it was told', async () => {
  await assert.rejects(database.query('DELETE FROM processor_events'), /permission denied/);
  await assert.rejects(
    database.query("UPDATE processor_events SET type = ''"),
    /permission denied/,
  );
  await assert.rejects(database.query('DELETE FROM card_top_ups'), /permission denied/);
});
