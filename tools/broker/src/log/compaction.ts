import * as fs from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { replaceRecords } from '../protocol/record-batch';
import { packRecords, readRecords, type StoredRecord } from '../protocol/records';
import type { PartitionLog } from './partition-log';
import type { Segment } from './segment';

const MS_PER_TURN = 10;

/**
 * Keeps the last record of each key in the segments that are no longer written to, and drops
 * tombstones that are old enough. Offsets do not change. Batches in a codec that Node cannot unpack
 * stay as they are. Gives way to requests every few milliseconds.
 */
export async function compact(
  log: PartitionLog,
  now: number,
  stopping: AbortSignal,
): Promise<void> {
  const closed = log.segments.slice(0, -1);
  if (closed.every((segment) => segment.isCompacted)) return;
  // Meanwhile a request may delete the topic or a segment: then what was read of it proves nothing.
  const isStale = (segment: Segment): boolean =>
    stopping.aborted || log.isClosed || !log.segments.includes(segment);
  const latest = new Map<string, number>();
  let sawAll = true;
  for await (const { records } of batchesOf(closed, isStale)) {
    sawAll &&= records !== undefined;
    for (const { key, offset } of records ?? []) if (key) latest.set(keyText(key), offset);
  }
  if (closed.some(isStale)) return;
  for (const segment of closed) {
    // A batch that cannot be opened may hold what a tombstone deletes.
    const keepsTombstones = !sawAll || segment.maxTimestamp >= now - log.config().deleteRetentionMs;
    const isKept = ({ key, offset, isTombstone }: StoredRecord): boolean =>
      !key || (latest.get(keyText(key)) === offset && (keepsTombstones || !isTombstone));
    const file = `${segment.file}.compacted`;
    await rewrite(file, batchesOf([segment], isStale), isKept, log);
    if (isStale(segment)) {
      fs.rmSync(file, { force: true });
      return;
    }
    log.replaceSegment(segment, file);
  }
}

/** Writes a segment anew, beside itself: a crash before it is put in place changes nothing. */
async function rewrite(
  file: string,
  batches: ReturnType<typeof batchesOf>,
  isKept: (record: StoredRecord) => boolean,
  log: PartitionLog,
): Promise<void> {
  const fd = fs.openSync(file, 'w');
  try {
    for await (const { header, batch, records = [] } of batches) {
      const kept = records.filter(isKept);
      if (kept.length === records.length) {
        fs.writeFileSync(fd, batch);
      } else if (kept.length > 0 || log.producers.isLastOfProducer(header)) {
        fs.writeFileSync(fd, replaceRecords(batch, packRecords(header, kept), kept.length));
      }
    }
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * The batches of segments; ends early if one has become stale while requests had their turn. Throws
 * if one is damaged: what lies behind the damage may still be read, so it must not be left out.
 */
async function* batchesOf(segments: readonly Segment[], isStale: (segment: Segment) => boolean) {
  let turnEnd = performance.now() + MS_PER_TURN;
  for (const segment of segments) {
    let end = 0;
    for (const located of segment.walk()) {
      if (performance.now() > turnEnd) {
        await nextTurn();
        if (segments.some(isStale)) return;
        turnEnd = performance.now() + MS_PER_TURN;
      }
      const batch = segment.read(located);
      yield { ...located, batch, records: readRecords(located.header, batch) };
      end += batch.length;
    }
    if (end < segment.size) throw new Error(`${segment.file} is damaged at byte ${end}`);
  }
}

// A character a byte: any key, and cheap to compare.
function keyText(key: Buffer): string {
  return key.toString('latin1');
}
