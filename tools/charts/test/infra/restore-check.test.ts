import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { testDatabase, type TestDatabase } from '@quayside/testing';
import { Client } from 'pg';
import { inRepository } from '../../src/repository';

const check = readFileSync(inRepository('helm/platform/databases/checks/payments.sql'), 'utf8');

let database: TestDatabase;
let admin: Client;
before(async () => {
  database = await testDatabase('payments', inRepository('apps/payments/migrations'));
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
});
after(async () => {
  await admin.end();
  await database.drop();
});

/** What the check finds wrong. */
async function problems(): Promise<string[]> {
  const { rows } = await admin.query<{ problem: string; found: string }>(check);
  return rows.filter(({ found }) => found !== '0').map(({ problem }) => problem);
}

/** Runs statements without the triggers that would refuse them, looks, and takes everything back. */
async function problemsAfter(tampering: string): Promise<string[]> {
  await admin.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
  try {
    await admin.query(tampering);
    return await problems();
  } finally {
    await admin.query('ROLLBACK');
  }
}

test('a ledger that is whole passes, and each kind of damage is found', async () => {
  const [alice, topUp] = [randomUUID(), randomUUID()];
  await admin.query(
    `INSERT INTO accounts (account_id, currency, user_id) VALUES ('${alice}', 'EUR', '${randomUUID()}');
     INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id, description)
       SELECT '${randomUUID()}', account_id, '${alice}', 'EUR', 500, 'top_up', '${topUp}', 'top-up'
         FROM accounts WHERE system_name = 'funding' AND currency = 'EUR';
     INSERT INTO top_ups (top_up_id, user_id, account_id, currency, amount, status)
       VALUES ('${topUp}', '${randomUUID()}', '${alice}', 'EUR', 500, 'completed')`,
  );
  assert.deepEqual(await problems(), []);

  const balance = ['accounts whose balance is not that of their last entry'];
  const sums = ['accounts whose entries do not add up to their balance'];
  const entries = ['transfers without an entry for each customer account'];
  assert.deepEqual(await problemsAfter('UPDATE accounts SET balance = 501 WHERE balance = 500'), [
    ...balance,
    ...sums,
  ]);
  assert.deepEqual(await problemsAfter('DELETE FROM entries'), [...balance, ...sums, ...entries]);
  assert.deepEqual(await problemsAfter('DELETE FROM entries; DELETE FROM transfers'), [
    ...balance,
    ...sums,
    'completed top-ups without their transfer',
  ]);
  const payment = `INSERT INTO payments (payment_id, payer_user_id, payer_handle, payee_user_id, payee_handle, currency, amount, refunded, description)
    VALUES ('${randomUUID()}', '${randomUUID()}', 'a', '${randomUUID()}', 'b', 'EUR', 5, 1, '')`;
  assert.deepEqual(await problemsAfter(payment), [
    'payments without their transfer',
    'payments whose refunds do not add up',
  ]);
  assert.deepEqual(await problemsAfter('UPDATE accounts SET held = 1 WHERE balance = 500'), [
    'accounts that hold more or less than their open holds',
  ]);
  assert.deepEqual(await problemsAfter('GRANT UPDATE ON entries TO payments_app'), [
    'tables of the ledger that the running service may change',
  ]);
});
