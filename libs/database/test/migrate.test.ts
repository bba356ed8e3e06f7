import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { migrate, migrationsSeen, openDatabase } from '../src/index';
import { asAdmin, emptyDatabase, type EmptyDatabase } from './postgres';

let place: EmptyDatabase;
let folder: string;

beforeEach(async () => {
  place = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'quayside-migrations-'));
});
afterEach(async () => {
  await place.drop();
  await rm(folder, { recursive: true });
});

const file = (name: string, sql: string) => writeFile(join(folder, name), sql);
const run = (log?: (line: string) => void) =>
  migrate({ url: place.ownerUrl, folder, runtimeRole: place.runtimeRole, log });

async function seen(): Promise<boolean> {
  const database = openDatabase({ url: place.runtimeUrl, applicationName: 'seen', max: 1 });
  try {
    return await migrationsSeen(database, folder);
  } finally {
    await database.close();
  }
}

test('applies in order what is missing, grants to the runtime role, and is done the second time', async () => {
  await file(
    '0001_pets.sql',
    'CREATE TABLE pets (name text); GRANT SELECT, INSERT ON pets TO {{runtime_role}};',
  );
  assert.equal(await seen(), false);
  assert.deepEqual(await run(), ['0001_pets.sql']);
  await file('0002_age.sql', 'ALTER TABLE pets ADD COLUMN age int;');
  assert.equal(await seen(), false);
  assert.deepEqual(await run(), ['0002_age.sql']);
  assert.deepEqual(await run(), []);
  assert.equal(await seen(), true);
  await asAdmin(place.runtimeUrl, `INSERT INTO pets VALUES ('Rex', 3)`);
  await assert.rejects(asAdmin(place.runtimeUrl, 'DELETE FROM pets'), /permission denied/);
});

test('a file that fails changes nothing, and its line is named', async () => {
  await file('0001_pets.sql', 'CREATE TABLE pets (name text);');
  await file('0002_broken.sql', 'CREATE TABLE other (id int);\n\nALTER TABLE nothing ADD x int;\n');
  await assert.rejects(run(), /0002_broken\.sql failed and was rolled back: .*nothing/);
  await file('0002_broken.sql', 'CREATE TABLE other (id int);\n\nSELEKT 1;\n');
  await assert.rejects(run(), /0002_broken\.sql failed and was rolled back: line 3: syntax error/);
  await file('0002_broken.sql', 'CREATE TABLE other (id int);');
  assert.deepEqual(await run(), ['0002_broken.sql']);
});

test('an applied file that was changed is refused; another line end is no change', async () => {
  await file('0001_pets.sql', 'CREATE TABLE pets (\n  name text\n);\n');
  await run();
  await file('0001_pets.sql', 'CREATE TABLE pets (\r\n  name text\r\n);\r\n');
  assert.deepEqual(await run(), []);
  await file('0001_pets.sql', 'CREATE TABLE pets (name varchar);');
  await assert.rejects(run(), /0001_pets\.sql was changed after it had been applied/);
});

test('numbers without a gap, names that say what is done', async () => {
  await file('0001_pets.sql', 'SELECT 1;');
  await file('0003_late.sql', 'SELECT 1;');
  await assert.rejects(run(), /0003_late\.sql should have number 0002/);
  await rm(join(folder, '0003_late.sql'));
  await file('0001_again.sql', 'SELECT 1;');
  await assert.rejects(run(), /should have number 0002/);
  await rm(join(folder, '0001_again.sql'));
  await file('2_short.sql', 'SELECT 1;');
  await assert.rejects(run(), /not named like/);
});

test('a database that is ahead, as after a rollback of the code, is left alone and counts as seen', async () => {
  await file('0001_pets.sql', 'CREATE TABLE pets (name text);');
  await file('0002_age.sql', 'ALTER TABLE pets ADD COLUMN age int;');
  await run();
  await rm(join(folder, '0002_age.sql'));
  assert.deepEqual(await run(), []);
  assert.equal(await seen(), true);
});

test('several replicas that migrate at once apply each file once', async () => {
  await file('0001_pets.sql', 'CREATE TABLE pets (name text); SELECT pg_sleep(0.2);');
  await file('0002_age.sql', 'ALTER TABLE pets ADD COLUMN age int;');
  const waited: string[] = [];
  const results = await Promise.all([1, 2, 3].map(() => run((line) => waited.push(line))));
  assert.deepEqual(results.flat().sort(), ['0001_pets.sql', '0002_age.sql']);
  assert.ok(waited.some((line) => line.includes('waiting for it')));
});

test('a table that is busy is waited for without queueing others behind the wait for long', async () => {
  await file('0001_pets.sql', 'CREATE TABLE pets (name text);');
  await run();
  await file('0002_age.sql', 'ALTER TABLE pets ADD COLUMN age int;');
  const reader = openDatabase({ url: place.ownerUrl, applicationName: 'reader', max: 1 });
  const lines: string[] = [];
  let migrating: Promise<string[]> | undefined;
  await reader.transaction(async (tx) => {
    await tx.query('SELECT FROM pets');
    await new Promise<void>((resolve) => {
      migrating = run((line) => {
        lines.push(line);
        if (line.includes('busy')) resolve();
      });
    });
  });
  assert.deepEqual(await migrating, ['0002_age.sql']);
  assert.match(lines[0]!, /busy table/);
  await reader.close();
});

test('a runtime role that is missing is named before anything is done', async () => {
  await file('0001_pets.sql', 'CREATE TABLE pets (name text);');
  await assert.rejects(
    migrate({ url: place.ownerUrl, folder, runtimeRole: 'nobody_app' }),
    /no role nobody_app/,
  );
  await file('0001_pets.sql', 'CREATE TABLE pets (name int);');
  assert.deepEqual(await run(), ['0001_pets.sql']);
});
