import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { append, openLog, segmentFiles, values } from '../../test/logs';
import { writeInPortions } from '../../test/short-writes';
import { compact } from './compaction';

const running = new AbortController().signal;

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
    for (const cutOff of ['compacted', 'index.tmp']) {
      fs.writeFileSync(path.join(folder, `00000000000000000000.${cutOff}`), 'left over');
    }
    const recovered = reopen();
    assert.equal(values(recovered).length, 6);
    assert.ok(fs.readdirSync(folder).every((file) => /\.(log|index|json)$/.test(file)));
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

test('reading stays in a segment until it has seen all of it', async (t) => {
  const { log } = openLog(t, { 'cleanup.policy': 'compact' });
  append(log, [{ key: 'a', value: '1' }], { producerId: 9, epoch: 0, sequence: 0 });
  append(log, [{ key: 'b', value: '2' }]);
  log.roll();
  append(log, [{ key: 'a', value: '3' }]);
  log.roll();
  await compact(log, Date.now(), running);
  const first = (maxBytes: number) => log.read(0, maxBytes, true).records.readBigInt64BE(0);
  assert.deepEqual([first(1), first(61), first(1000)], [1n, 1n, 1n]);
});

test('a tombstone stays while a batch that cannot be opened may hold what it deletes', async (t) => {
  const { log } = openLog(t, { 'cleanup.policy': 'compact', 'delete.retention.ms': '0' });
  const timestamp = Date.now() - 10_000;
  append(log, [{ key: 'k', value: 'packed' }], { codec: 2, timestamp });
  append(log, [{ key: 'k', value: null }], { timestamp });
  log.roll();
  const { size } = log.segments[0]!;
  await compact(log, Date.now(), running);
  assert.equal(log.segments[0]?.size, size);
});

test('a system that writes in small portions loses nothing', async (t) => {
  const { log } = openLog(t, { 'cleanup.policy': 'compact' });
  for (const value of ['1', '2', '3'])
    append(log, [
      { key: 'a', value },
      { key: 'b', value },
    ]);
  log.roll();
  writeInPortions(t, 50);
  await compact(log, Date.now(), running);
  assert.deepEqual(values(log), ['3', '3']);
});

test('a damaged segment is not compacted: what lies behind the damage can still be read', async (t) => {
  const { log, folder, reopen } = openLog(t, { 'cleanup.policy': 'compact' });
  for (let i = 0; i < 600; i += 1) append(log, [{ key: `key ${i % 7}`, value: `value ${i}` }]);
  log.roll();
  log.close();
  const [file = ''] = segmentFiles(folder);
  const content = fs.readFileSync(file);
  content.fill(0, 500, 600);
  fs.writeFileSync(file, content);
  const damaged = reopen();
  await assert.rejects(compact(damaged, Date.now(), running), /is damaged at byte/);
  assert.deepEqual(fs.readFileSync(file), content);
  assert.equal(damaged.read(599, 1, true).records.readBigInt64BE(0), 599n);
});

test('a topic deleted during its compaction is left alone', async (t) => {
  const { log, folder } = openLog(t, { 'cleanup.policy': 'compact', 'segment.bytes': '1000000' });
  const value = 'x'.repeat(1000);
  for (let i = 0; i < 20_000; i += 1) append(log, [{ key: `k${i % 9000}`, value }]);
  const compaction = compact(log, Date.now(), running);
  await new Promise((resolve) => setImmediate(resolve));
  log.close(true);
  fs.rmSync(folder, { recursive: true });
  await compaction;
  assert.ok(!fs.existsSync(folder));
});
