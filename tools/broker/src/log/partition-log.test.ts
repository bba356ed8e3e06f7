import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test, type TestContext } from 'node:test';
import { batchOf, type TestRecord } from '../../test/batches';
import { temporaryFolder } from '../../test/temporary-folder';
import { ErrorCode } from '../protocol/errors';
import { readBatchHeader, readProducedBatch } from '../protocol/record-batch';
import { readRecords } from '../protocol/records';
import { type ConfigValues, toTopicConfig } from '../topics/topic-config';
import { compact } from './compaction';
import { PartitionLog } from './partition-log';
import { applyRetention } from './retention';
import { segmentFiles } from './segment';

const running = new AbortController().signal;

test('batches are found again by offset, in one segment and in many', (t) => {
  for (const segmentBytes of ['10000000', '300']) {
    const { log } = openLog(t, { 'segment.bytes': segmentBytes });
    for (let i = 0; i < 200; i += 1) append(log, [{ value: `${i}a` }, { value: `${i}b` }]);
    assert.equal(log.endOffset, 400);
    for (const offset of [0, 1, 57, 398, 399]) {
      const first = readBatchHeader(log.read(offset, 1, true));
      assert.equal(first?.baseOffset, offset - (offset % 2));
    }
    assert.equal(log.read(400, 1000, true).length, 0);
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

for (const gzip of [false, true]) {
  test(`compaction keeps the last value of each key (gzip: ${gzip})`, async (t) => {
    const { log, folder, reopen } = openLog(t, {
      'cleanup.policy': 'compact',
      'segment.bytes': '400',
      'delete.retention.ms': '0',
    });
    const timestamp = Date.now() - 10_000;
    for (let i = 0; i < 60; i += 1) {
      const records = [
        { key: `k${i % 5}`, value: `v${i}` },
        { key: 'gone', value: i < 30 ? 'x' : null },
      ];
      append(log, records, { gzip, timestamp, producerId: 3, epoch: 0, sequence: i * 2 });
    }
    log.roll();
    append(log, [{ key: 'last', value: 'active' }]);
    const end = log.endOffset;
    await compact(log, Date.now(), running);
    assert.deepEqual(values(log).sort(), ['active', 'v55', 'v56', 'v57', 'v58', 'v59']);
    assert.equal(log.endOffset, end);
    assert.equal(log.logStartOffset, 0);
    log.close();
    const recovered = reopen();
    assert.equal(values(recovered).length, 6);
    assert.ok(fs.readdirSync(folder).every((file) => !file.endsWith('.compacted')));
    // The producer's last batch is kept, so the repetition is still recognised.
    const repeated = append(
      recovered,
      [
        { key: 'k4', value: 'v59' },
        { key: 'gone', value: null },
      ],
      {
        producerId: 3,
        epoch: 0,
        sequence: 118,
      },
    );
    assert.equal(repeated, 118);
  });
}

test('compaction leaves a codec it cannot open as it is', async (t) => {
  const { log } = openLog(t, { 'cleanup.policy': 'compact' });
  for (let i = 0; i < 3; i += 1) append(log, [{ key: 'same', value: `v${i}` }], { codec: 3 });
  log.roll();
  const size = log.segments[0]?.size;
  await compact(log, Date.now(), running);
  assert.equal(log.segments[0]?.size, size);
});

test('reading goes past batches that compaction has emptied', async (t) => {
  const { log } = openLog(t, { 'cleanup.policy': 'compact' });
  append(log, [{ key: 'a', value: '1' }], { producerId: 9, epoch: 0, sequence: 0 });
  log.roll();
  append(log, [{ key: 'a', value: '2' }]);
  log.roll();
  await compact(log, Date.now(), running);
  assert.deepEqual(values(log), ['2']);
});

interface AppendOptions {
  readonly producerId?: number;
  readonly epoch?: number;
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly gzip?: boolean;
  readonly codec?: number;
}

function append(log: PartitionLog, records: TestRecord[], options: AppendOptions = {}): number {
  const batch = batchOf(records, options);
  const header = readProducedBatch(batch, 1_000_000);
  if (options.codec === undefined) return log.append(batch, header);
  batch.writeInt16BE(options.codec, 21);
  return log.append(batch, { ...header, codec: options.codec });
}

function values(log: PartitionLog): string[] {
  const found: string[] = [];
  for (let offset = log.logStartOffset; offset < log.endOffset;) {
    const chunk = log.read(offset, 250, true);
    if (chunk.length === 0) break;
    for (let at = 0; at < chunk.length;) {
      const header = readBatchHeader(chunk, at)!;
      const batch = chunk.subarray(at, at + header.sizeInBytes);
      for (const record of readRecords(header, batch) ?? []) {
        const raw = record.raw.toString('latin1');
        const key = record.key?.toString('latin1') ?? '';
        const value = raw.slice(raw.indexOf(key, 5) + key.length + 1, -1);
        if (record.offset >= offset) found.push(value);
      }
      at += header.sizeInBytes;
      offset = header.lastOffset + 1;
    }
  }
  return found;
}

function damaged(batch: Buffer): Buffer {
  const copy = Buffer.from(batch);
  copy.writeBigInt64BE(2n, 0);
  copy[65]! ^= 1;
  return copy;
}

function openLog(t: TestContext, config: ConfigValues = {}) {
  const folder = path.join(temporaryFolder(t), '0');
  const reopen = (): PartitionLog => {
    const options = { fsync: false, log: () => undefined };
    const opened = PartitionLog.open(folder, () => toTopicConfig(config), options);
    t.after(() => opened.close());
    return opened;
  };
  return { log: reopen(), folder, reopen };
}
