import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { batchOf } from '../../test/batches';
import { append, damaged, openLog, segmentFiles, values } from '../../test/logs';
import { writeInPortions } from '../../test/short-writes';
import { ErrorCode } from '../protocol/errors';
import { readBatchHeader } from '../protocol/record-batch';
import { applyRetention } from './maintenance';
import type { PartitionLog } from './partition-log';

const DAY_MS = 24 * 60 * 60 * 1000;

test('batches are found again by offset, in one segment and in many', (t) => {
  for (const segmentBytes of ['10000000', '300']) {
    const { log } = openLog(t, { 'segment.bytes': segmentBytes });
    for (let i = 0; i < 200; i += 1) append(log, [{ value: `${i}a` }, { value: `${i}b` }]);
    assert.equal(log.endOffset, 400);
    for (const offset of [0, 1, 57, 398, 399]) {
      const first = readBatchHeader(log.read(offset, 1, true).records);
      assert.equal(first?.baseOffset, offset - (offset % 2));
    }
    assert.equal(log.read(400, 1000, true).records.length, 0);
    assert.equal(values(log).length, 400);
  }
});

test('a torn tail is cut, and the log goes on behind the last whole batch', (t) => {
  const batch = batchOf([{ value: 'whole' }]);
  const tails = [
    batch.subarray(0, batch.length - 1),
    batch.subarray(0, 30),
    Buffer.from('garbage that is no batch at all, but longer than a header, as it happens to be'),
    Buffer.alloc(200),
    damaged(batch),
  ];
  for (const tail of tails) {
    const { log, folder, reopen } = openLog(t);
    append(log, [{ value: 'first' }]);
    append(log, [{ value: 'second' }]);
    log.close();
    const [file = ''] = segmentFiles(folder);
    fs.appendFileSync(file, tail);
    const recovered = reopen();
    assert.deepEqual(values(recovered), ['first', 'second']);
    assert.equal(append(recovered, [{ value: 'third' }]), 2);
    recovered.close();
    assert.deepEqual(values(reopen()), ['first', 'second', 'third']);
  }
});

test('a segment cut at any byte gives the whole batches before the cut', (t) => {
  const { log, folder, reopen } = openLog(t);
  const ends: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    append(log, [{ value: `value ${i}` }]);
    ends.push(log.active.size);
  }
  log.close();
  const [file = ''] = segmentFiles(folder);
  for (let size = fs.statSync(file).size; size >= 0; size -= 1) {
    fs.truncateSync(file, size);
    const recovered = reopen();
    assert.equal(recovered.endOffset, ends.filter((end) => end <= size).length);
    recovered.close();
  }
});

test('producers: repeated batches keep their offset, gaps and old epochs are refused', (t) => {
  const { log, reopen } = openLog(t);
  const send = (to: PartitionLog, sequence: number, epoch = 0): number =>
    append(to, [{ value: 'a' }, { value: 'b' }], { producerId: 7, epoch, sequence });
  const check = (to: PartitionLog): void => {
    assert.equal(send(to, 2), 2);
    assert.equal(send(to, 0), 0);
    assert.throws(() => send(to, 5), { code: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER });
    assert.throws(() => send(to, 1), { code: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER });
    assert.equal(to.endOffset, 4);
  };
  send(log, 0);
  send(log, 2);
  check(log);
  log.close();
  const recovered = reopen();
  check(recovered);
  assert.throws(() => send(recovered, 3, 1), { code: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER });
  assert.equal(send(recovered, 0, 1), 4);
  assert.throws(() => send(recovered, 4, 0), { code: ErrorCode.INVALID_PRODUCER_EPOCH });
});

test('sequence numbers wrap at 2^31', (t) => {
  const { log } = openLog(t);
  const send = (sequence: number): number =>
    append(log, [{ value: 'a' }, { value: 'b' }], { producerId: 7, epoch: 0, sequence });
  send(2 ** 31 - 3);
  send(2 ** 31 - 1);
  assert.equal(send(1), 4);
});

test('retention by size and time removes whole segments, oldest first', (t) => {
  const { log, reopen } = openLog(t, { 'segment.bytes': '200', 'retention.bytes': '500' });
  for (let i = 0; i < 20; i += 1) append(log, [{ value: `value ${i}` }]);
  const before = log.segments.length;
  applyRetention(log, Date.now());
  assert.ok(log.segments.length < before && log.segments.length > 1);
  const kept = values(log);
  assert.equal(kept.at(-1), 'value 19');
  assert.equal(kept.length, 20 - log.logStartOffset);
  log.close();
  assert.deepEqual(values(reopen()), kept);

  const aged = openLog(t, { 'retention.ms': '1000' }).log;
  append(aged, [{ value: 'old' }], { timestamp: Date.now() - 5000 });
  applyRetention(aged, Date.now());
  assert.deepEqual([values(aged), aged.logStartOffset, aged.endOffset], [[], 1, 1]);
  append(aged, [{ value: 'new' }]);
  applyRetention(aged, Date.now());
  assert.deepEqual(values(aged), ['new']);
});

test('a start moved forward stays so after a restart', (t) => {
  const { log, reopen } = openLog(t);
  for (let i = 0; i < 5; i += 1) append(log, [{ value: String(i) }]);
  log.advanceStart(3);
  log.close();
  assert.equal(reopen().logStartOffset, 3);
});

test('old timestamps do not begin a segment per batch', (t) => {
  const { log } = openLog(t);
  const timestamp = Date.now() - 30 * DAY_MS;
  for (let i = 0; i < 5; i += 1) append(log, [{ value: 'imported' }], { timestamp });
  assert.equal(log.segments.length, 1);
});

test('a segment that has been open for segment.ms is ended', (t) => {
  const { log } = openLog(t, { 'segment.ms': '1000' });
  append(log, [{ value: 'a' }]);
  log.rollIfDue();
  assert.equal(log.segments.length, 1);
  log.active.startedAt -= 2000;
  log.rollIfDue();
  assert.equal(log.segments.length, 2);
});

test('a log that lost its tail below its start goes on at its start', (t) => {
  const { log, folder, reopen } = openLog(t);
  for (let i = 0; i < 5; i += 1) append(log, [{ value: String(i) }]);
  log.advanceStart(4);
  const [file = ''] = segmentFiles(folder);
  fs.truncateSync(file, log.active.size / 5);
  const recovered = reopen();
  assert.deepEqual([recovered.logStartOffset, recovered.endOffset], [4, 4]);
  assert.equal(append(recovered, [{ value: 'next' }]), 4);
  assert.deepEqual(values(recovered), ['next']);
});

test('segments before the start are removed, also when the process died before it could', (t) => {
  const { log, folder, reopen } = openLog(t, { 'segment.bytes': '100' });
  for (let i = 0; i < 5; i += 1) append(log, [{ value: `value ${i}` }]);
  assert.equal(segmentFiles(folder).length, 5);
  fs.writeFileSync(path.join(folder, 'log-start-offset'), '3');
  assert.deepEqual(values(reopen()), ['value 3', 'value 4']);
  assert.equal(segmentFiles(folder).length, 2);
});

test('an offset found by time lies behind the start of the log', (t) => {
  const { log } = openLog(t);
  append(log, [{ value: 'a' }, { value: 'b' }, { value: 'c' }], { codec: 3, timestamp: 1000 });
  log.advanceStart(1);
  assert.deepEqual(log.firstAtOrAfter(500), { offset: 1, timestamp: 1000 });
});

test('a system that writes in small portions loses nothing', (t) => {
  const { log, reopen } = openLog(t);
  writeInPortions(t, 7);
  append(log, [{ value: 'one' }]);
  append(log, [{ value: 'two' }]);
  assert.deepEqual(values(reopen()), ['one', 'two']);
});

test('while a next segment cannot be begun, the one before goes on, and nothing is lost', (t) => {
  const { log, folder, reopen } = openLog(t, { 'segment.bytes': '180' });
  append(log, [{ value: 'a'.repeat(20) }]);
  const open = fs.openSync.bind(fs);
  const { mock } = t.mock.method(fs, 'openSync', (file: string, flags: string) => {
    if (flags === 'wx+') throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    return open(file, flags);
  });
  assert.throws(() => append(log, [{ value: 'b'.repeat(40) }]), /too many open files/);
  assert.equal(append(log, [{ value: 'c' }]), 1);
  mock.restore();
  assert.equal(append(log, [{ value: 'd'.repeat(40) }]), 2);
  assert.equal(segmentFiles(folder).length, 2);
  const expected = ['a'.repeat(20), 'c', 'd'.repeat(40)];
  assert.deepEqual(values(log), expected);
  log.close();
  assert.deepEqual(values(reopen()), expected);
});

test('with fsync, a new segment is forced into its folder', (t) => {
  const { log, folder } = openLog(t, {}, true);
  append(log, [{ value: 'a' }]);
  const { mock } = t.mock.method(fs, 'openSync');
  log.roll();
  assert.ok(mock.calls.some(({ arguments: [file, flags] }) => file === folder && flags === 'r'));
});
