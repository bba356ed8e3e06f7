import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { PartitionLog } from '../src/log/partition-log';
import { readBatchHeader, readProducedBatch } from '../src/protocol/record-batch';
import { readRecords } from '../src/protocol/records';
import { type ConfigValues, toTopicConfig } from '../src/topics/topic-config';
import { batchOf, type BatchOptions, type TestRecord } from './batches';
import { temporaryFolder } from './temporary-folder';

/** Appends one batch. */
export function append(log: PartitionLog, records: TestRecord[], options?: BatchOptions): number {
  const batch = batchOf(records, options);
  return log.append(batch, readProducedBatch(batch, 1_000_000));
}

/** The values of all records, read as a consumer with a small buffer reads them. */
export function values(log: PartitionLog): string[] {
  const found: string[] = [];
  for (let offset = log.logStartOffset; offset < log.endOffset;) {
    const chunk = log.read(offset, 250, true).records;
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

/** The segment files of a partition folder, oldest first. */
export function segmentFiles(folder: string): string[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.log'));
  return names.sort().map((name) => path.join(folder, name));
}

/** The batch with offset 2 and one bit of its record flipped. */
export function damaged(batch: Buffer): Buffer {
  const copy = Buffer.from(batch);
  copy.writeBigInt64BE(2n, 0);
  copy[65]! ^= 1;
  return copy;
}

/** A log in a folder of its own, and how to open that again. */
export function openLog(t: TestContext, config: ConfigValues = {}, fsync = false) {
  const folder = path.join(temporaryFolder(t), '0');
  const lines: string[] = [];
  // Without a close before it, this is what comes after kill -9.
  const reopen = (): PartitionLog => {
    const options = { fsync, log: (line: string) => void lines.push(line) };
    const opened = new PartitionLog(folder, () => toTopicConfig(config), options);
    t.after(() => opened.close());
    return opened;
  };
  return { log: reopen(), folder, reopen, lines };
}
