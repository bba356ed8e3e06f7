import * as fs from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BatchHeader, replaceRecords } from '../protocol/record-batch';
import { packRecords, readStoredRecords, type StoredRecord } from '../protocol/records';
import type { PartitionLog } from './partition-log';
import { Segment } from './segment';

const BATCHES_PER_TURN = 100;

type LatestOffsets = ReadonlyMap<string, number>;

/**
 * Keeps the last record of each key in the segments that are no longer written to, and drops
 * tombstones that are old enough. Offsets do not change. Batches in a codec that Node cannot unpack
 * stay as they are. Gives way to requests every few batches.
 */
export async function compact(
  log: PartitionLog,
  now: number,
  stopping: AbortSignal,
): Promise<void> {
  const closed = log.segments.slice(0, -1);
  if (closed.every((segment) => segment.isCompacted)) return;
  const latest = await latestOffsets(closed);
  // A segment that was removed meanwhile may have been read in part: its keys prove nothing.
  if (!closed.every((segment) => log.segments.includes(segment))) return;
  const tombstonesBefore = now - log.config().deleteRetentionMs;
  for (const segment of closed) {
    const isStale = (): boolean =>
      stopping.aborted || log.isClosed || !log.segments.includes(segment);
    if (isStale()) return;
    const keepsTombstones = segment.maxTimestamp >= tombstonesBefore;
    const file = await rewrite(segment, log, latest, keepsTombstones);
    if (isStale()) {
      fs.rmSync(file, { force: true });
      return;
    }
    log.replaceSegment(segment, adopt(segment, file));
  }
}

async function latestOffsets(segments: readonly Segment[]): Promise<LatestOffsets> {
  const latest = new Map<string, number>();
  for await (const { records } of batchesOf(segments)) {
    for (const { key, offset } of records ?? []) {
      if (key) latest.set(key.toString('latin1'), offset);
    }
  }
  return latest;
}

/** Writes the segment anew beside itself: a crash before the rename leaves the old one in force. */
async function rewrite(
  segment: Segment,
  log: PartitionLog,
  latest: LatestOffsets,
  keepsTombstones: boolean,
): Promise<string> {
  const file = `${segment.file}.compacted`;
  const fd = fs.openSync(file, 'w');
  const isKept = ({ key, offset, isTombstone }: StoredRecord): boolean =>
    !key || (latest.get(key.toString('latin1')) === offset && (keepsTombstones || !isTombstone));
  try {
    for await (const { header, batch, records } of batchesOf([segment])) {
      const kept = records?.filter(isKept);
      const isUnchanged = !records || kept?.length === records.length;
      if (isUnchanged) fs.writeSync(fd, batch);
      else if (kept && (kept.length > 0 || log.producers.isLastOfProducer(header))) {
        fs.writeSync(fd, replaceRecords(batch, packRecords(header, kept), kept.length));
      }
    }
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  return file;
}

function adopt(old: Segment, file: string): Segment {
  old.close();
  fs.renameSync(file, old.file);
  const adopted = Segment.recover(old.file, false, () => undefined);
  adopted.close();
  adopted.isCompacted = true;
  return adopted;
}

interface OpenBatch {
  readonly header: BatchHeader;
  readonly batch: Buffer;
  readonly records: StoredRecord[] | undefined;
}

async function* batchesOf(segments: readonly Segment[]): AsyncGenerator<OpenBatch> {
  let count = 0;
  for (const segment of segments) {
    for (const { header, position } of segment.walk()) {
      if ((count += 1) % BATCHES_PER_TURN === 0) await nextTurn();
      const batch = segment.read(position, header.sizeInBytes);
      yield { header, batch, records: readStoredRecords(header, batch) };
    }
  }
}
