import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { isCheckViolation, openDatabase, type Database, type Transaction } from '../src/index';
import { asAdmin, emptyDatabase, type EmptyDatabase } from './postgres';

let place: EmptyDatabase;
let database: Database;

before(async () => {
  place = await emptyDatabase();
  await asAdmin(place.adminUrl, 'CREATE TABLE small (value int CHECK (value < 10))');
  // One connection: what a failure leaves behind would be met by the next transaction.
  database = openDatabase({ url: place.adminUrl, applicationName: 'send-test', max: 1 });
});
beforeEach(() => database.query('TRUNCATE small'));
after(async () => {
  await database.close();
  await place.drop();
});

const insert = (tx: Transaction, value: number) =>
  tx.send('insert_small', 'INSERT INTO small VALUES ($1)', [value]);
const values = async () => {
  const rows = await database.query<{ value: number }>('SELECT value FROM small ORDER BY value');
  return rows.map(({ value }) => value);
};

test('writes that are not waited for are committed, and done when the transaction is', async () => {
  await database.transaction((tx) => {
    for (const value of [1, 2, 3]) void insert(tx, value);
    return Promise.resolve();
  });
  assert.deepEqual(await values(), [1, 2, 3]);
});

test('the failure of one that is not waited for fails the transaction, whole', async () => {
  const attempt = database.transaction(async (tx) => {
    await tx.query('INSERT INTO small VALUES (1)');
    void insert(tx, 10);
    void insert(tx, 2);
  });
  await assert.rejects(attempt, (error) => isCheckViolation(error));
  assert.deepEqual(await values(), []);
});

test('what fails behind it is not what is told', async () => {
  const attempt = database.transaction(async (tx) => {
    void insert(tx, 10);
    await tx.query('SELECT 1');
  });
  await assert.rejects(attempt, (error) => isCheckViolation(error));
});

test('one that cannot be sent is not committed around', async () => {
  const attempt = database.transaction(
    (tx) => {
      void insert(tx, 1);
      // The deadline passes before the second one is sent.
      const until = Date.now() + 60;
      while (Date.now() < until);
      void insert(tx, 2);
      return Promise.resolve();
    },
    { deadline: new Date(Date.now() + 50) },
  );
  await assert.rejects(attempt, { name: 'DeadlineError' });
  assert.deepEqual(await values(), []);
});

test('two statements of one name are refused before anything is sent', async () => {
  const attempt = database.transaction(async (tx) => {
    await insert(tx, 1);
    void tx.send('insert_small', 'INSERT INTO small VALUES ($1 + 1)', [1]);
  });
  await assert.rejects(attempt, /Two statements are named insert_small/);
  assert.deepEqual(await values(), []);
});
