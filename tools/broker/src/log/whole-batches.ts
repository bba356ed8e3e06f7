import { readBatchHeader } from '../protocol/record-batch';
import type { Segment } from './segment';

/** What was read of a segment, cut to whole batches. */
export interface BatchRange {
  readonly bytes: Buffer;
  /** There were batches, but compaction has emptied each of them: the reader should look further. */
  readonly sawOnlyEmptyBatches: boolean;
}

/** Reads whole batches from a batch boundary on, leaving out those that compaction has emptied. */
export function wholeBatches(
  segment: Segment,
  position: number,
  maxBytes: number,
  atLeastOne: boolean,
): BatchRange {
  const first = readBatchHeader(segment.read(position, 61));
  if (!first) return { bytes: Buffer.alloc(0), sawOnlyEmptyBatches: false };
  const wanted = atLeastOne ? Math.max(maxBytes, first.sizeInBytes) : maxBytes;
  const chunk = segment.read(position, wanted);
  const kept: Buffer[] = [];
  let at = 0;
  for (;;) {
    const header = readBatchHeader(chunk, at);
    if (!header || at + header.sizeInBytes > chunk.length) break;
    // kafkajs takes an answer of nothing but empty batches for the end of the log and skips ahead.
    if (header.recordCount > 0) kept.push(chunk.subarray(at, at + header.sizeInBytes));
    at += header.sizeInBytes;
  }
  const bytes = kept.length === 1 && kept[0] ? kept[0] : joined(chunk, kept, at);
  return { bytes, sawOnlyEmptyBatches: at > 0 && bytes.length === 0 };
}

function joined(chunk: Buffer, kept: readonly Buffer[], end: number): Buffer {
  const isContiguous = kept.reduce((sum, batch) => sum + batch.length, 0) === end;
  return isContiguous ? chunk.subarray(0, end) : Buffer.concat(kept);
}
