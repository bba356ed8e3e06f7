import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test, type TestContext } from 'node:test';
import { append, openLog, segmentFiles, values } from '../../test/logs';
import type { PartitionLog } from './partition-log';

const config = { 'segment.bytes': '20000' };
const START = 1_700_000_000_000;

test('with an index, a start does not read old segments, and leaves damage in them as it is', (t) => {
  const { log, folder, reopen } = filled(t);
  log.close();
  const files = segmentFiles(folder);
  const [first = ''] = files;
  assert.equal(indexFiles(folder).length, files.length);
  const content = fs.readFileSync(first);
  content.fill(0, 1000, 1200);
  fs.writeFileSync(first, content);
  const recovered = reopen();
  assert.equal(recovered.endOffset, log.endOffset);
  assert.deepEqual(fs.readFileSync(first), content);
  // What lies behind the next mark of the index is still found.
  assert.equal(recovered.read(230, 1, true).records.readBigInt64BE(0), 230n);
});

test('damage in an old segment without an index is left as it is, too', (t) => {
  const { log, folder, reopen, lines } = filled(t);
  log.close();
  const [first = ''] = segmentFiles(folder);
  indexFiles(folder).forEach((file) => fs.rmSync(file));
  const content = fs.readFileSync(first);
  content.fill(0, 1000, 1200);
  fs.writeFileSync(first, content);
  assert.equal(reopen().endOffset, log.endOffset);
  assert.deepEqual(fs.readFileSync(first), content);
  assert.match(lines.join(), /not whole batches/);
});

const spoilt: Record<string, (file: string) => void> = {
  missing: (file) => fs.rmSync(file),
  empty: (file) => fs.truncateSync(file),
  'cut short': (file) => fs.truncateSync(file, fs.statSync(file).size - 16),
  'of another length': (file) => fs.appendFileSync(file, Buffer.alloc(16)),
  damaged: (file) => {
    const content = fs.readFileSync(file);
    content[20]! ^= 1;
    fs.writeFileSync(file, content);
  },
  'that of another segment': (file) => fs.copyFileSync(`${file}.other`, file),
};

for (const [how, spoil] of Object.entries(spoilt)) {
  test(`an index that is ${how} is made anew`, (t) => {
    const { log, folder, reopen } = filled(t);
    log.close();
    const [first = ''] = indexFiles(folder);
    const before = fs.readFileSync(first);
    fs.copyFileSync(indexFiles(folder)[1]!, `${first}.other`);
    // Another length, so that it cannot be taken for this one's.
    spoil(first);
    const recovered = reopen();
    checkLookups(recovered);
    assert.deepEqual(fs.readFileSync(first), before);
  });
}

test('an index of an older state is gone on from', (t) => {
  const { log, reopen } = filled(t);
  const whole = log.active.size;
  log.close();
  const second = reopen();
  append(second, [{ value: 'appended and killed' }], { timestamp: START + 10_000 });
  const third = reopen();
  assert.ok(third.active.size > whole);
  assert.equal(third.endOffset, log.endOffset + 1);
  assert.equal(values(third).at(-1), 'appended and killed');
  assert.equal(third.firstAtOrAfter(START + 9000)?.offset, log.endOffset);
});

test('a torn tail behind what the index covers is cut', (t) => {
  const { log, folder, reopen } = filled(t);
  log.close();
  const last = segmentFiles(folder).at(-1)!;
  fs.appendFileSync(last, Buffer.alloc(100));
  assert.equal(reopen().endOffset, log.endOffset);
  assert.equal(fs.statSync(last).size, log.active.size);
});

test('a log cut to less than its index covers is read again', (t) => {
  const { log, folder, reopen } = filled(t);
  log.close();
  const last = segmentFiles(folder).at(-1)!;
  fs.truncateSync(last, log.active.size - 1);
  assert.equal(reopen().endOffset, log.endOffset - 1);
});

test('lookups by offset and time give the same with and without an index', (t) => {
  const { log, folder, reopen } = filled(t);
  checkLookups(log);
  log.close();
  const indexed = reopen();
  checkLookups(indexed);
  indexed.close();
  indexFiles(folder).forEach((file) => fs.rmSync(file));
  checkLookups(reopen());
});

test('what producers sent is known after a start, with, without and with an old snapshot', (t) => {
  const { log, folder, reopen } = openLog(t, { 'segment.bytes': '500' });
  const file = path.join(folder, 'producers.json');
  const send = (to: PartitionLog, producerId: number, sequence: number): number =>
    append(to, [{ value: 'x' }], { producerId, epoch: 0, sequence });
  for (let i = 0; i < 50; i += 1) send(log, i % 10, Math.floor(i / 10));
  log.close();
  const early = fs.readFileSync(file);
  const second = reopen();
  for (let i = 50; i < 100; i += 1) send(second, i % 10, Math.floor(i / 10));
  second.close();
  for (const spoil of [
    () => undefined,
    () => fs.writeFileSync(file, early),
    () => fs.writeFileSync(file, '{"offset":'),
    () => fs.writeFileSync(file, '{}'),
    () => fs.rmSync(file),
  ]) {
    spoil();
    const recovered = reopen();
    assert.equal(send(recovered, 3, 9), 93, 'a repetition');
    assert.throws(() => send(recovered, 3, 11), { code: 45 });
    assert.equal(recovered.endOffset, 100);
  }
});

/** A log of several segments and thousands of batches; record n has the time START + 10 n. */
function filled(t: TestContext) {
  const opened = openLog(t, config);
  for (let i = 0; i < 600; i += 1) {
    append(opened.log, [{ value: `value ${i}` }], { timestamp: START + 10 * i });
  }
  assert.ok(opened.log.segments.length > 2);
  return opened;
}

function checkLookups(log: PartitionLog): void {
  for (let offset = 0; offset < 600; offset += 7) {
    assert.equal(log.read(offset, 1, true).records.readBigInt64BE(0), BigInt(offset));
    assert.equal(log.firstAtOrAfter(START + 10 * offset - 3)?.offset, offset);
  }
  assert.equal(log.firstAtOrAfter(START + 6000), undefined);
}

function indexFiles(folder: string): string[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.index'));
  return names.sort().map((name) => path.join(folder, name));
}
