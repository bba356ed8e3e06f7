import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openJournal } from '../src/store/journal';

test('a broken line inside the file is not passed over', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-journal-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'journal.jsonl');
  await writeFile(path, '{"type":"delivered","eventId":"a"}\n{"type":\n{"type":"delivered"}\n');
  await assert.rejects(openJournal(path), /Line 2 of .* is not a record/);
});

test('records are there again in their order, also when many are appended at once', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-journal-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'new', 'journal.jsonl');
  const { journal, records } = await openJournal(path);
  assert.deepEqual(records, []);
  const wanted = Array.from({ length: 50 }, (_, index) => ({
    type: 'delivered' as const,
    eventId: String(index),
  }));
  await Promise.all(wanted.map((record) => journal.append(record)));
  await journal.close();
  const again = await openJournal(path);
  assert.deepEqual(again.records, wanted);
  await again.journal.close();
});
