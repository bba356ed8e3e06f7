import * as fs from 'node:fs';
import * as path from 'node:path';
import { type BatchHeader, hasValidCrc } from '../protocol/record-batch';
import { readAt, walkBatches } from './walk';

const INDEX_INTERVAL_BYTES = 4096;
const SCAN_BYTES = 1024 * 1024;
const SEEK_BYTES = 8192;
const SUFFIX = '.log';

/**
 * One file of a partition's log. Its sparse index (an offset and a position about every 4 KiB) is kept
 * in memory only: opening the log walks the batch headers anyway, to rebuild the producers' state.
 */
export class Segment {
  size = 0;
  nextOffset: number;
  maxTimestamp = -1;
  /** When the oldest batch was written, for rolling by age. */
  startedAt = Date.now();
  /** Compaction has been through and nothing was added since. */
  isCompacted = false;
  private indexOffsets: number[] = [];
  private indexPositions: number[] = [];
  private fd: number | undefined;

  private constructor(
    readonly file: string,
    readonly baseOffset: number,
  ) {
    this.nextOffset = baseOffset;
  }

  static create(folder: string, baseOffset: number): Segment {
    const segment = new Segment(path.join(folder, segmentName(baseOffset)), baseOffset);
    segment.fd = fs.openSync(segment.file, 'w+');
    return segment;
  }

  /**
   * Opens an existing file and cuts what is not a whole batch from its end: the tail a killed process
   * left half written. `verify` also checks each batch's checksum.
   */
  static recover(file: string, verify: boolean, visit: (header: BatchHeader) => void): Segment {
    const segment = new Segment(file, Number(path.basename(file, SUFFIX)));
    const fd = fs.openSync(file, 'r+');
    segment.fd = fd;
    const { size, birthtimeMs, mtimeMs } = fs.fstatSync(fd);
    segment.startedAt = birthtimeMs || mtimeMs;
    for (const { header, position } of walkBatches(fd, 0, size, SCAN_BYTES)) {
      if (header.baseOffset < segment.nextOffset) break;
      if (verify && !hasValidCrc(readAt(fd, position, header.sizeInBytes))) break;
      segment.note(header);
      visit(header);
    }
    if (segment.size < size) fs.ftruncateSync(fd, segment.size);
    return segment;
  }

  /** Appends one stamped batch. It is in the operating system's hands when this returns. */
  append(batch: Buffer, header: BatchHeader, fsync: boolean): void {
    const fd = this.open();
    try {
      // One write at a known position: a batch that failed half way is overwritten by the next one.
      const written = fs.writeSync(fd, batch, 0, batch.length, this.size);
      if (written < batch.length) throw new Error(`wrote ${written} of ${batch.length} bytes`);
      if (fsync) fs.fdatasyncSync(fd);
    } catch (error) {
      fs.ftruncateSync(fd, this.size);
      throw error;
    }
    this.note(header);
  }

  /** Where the first batch that reaches the offset or lies behind it starts; `size` if there is none. */
  positionOf(offset: number): number {
    if (offset >= this.nextOffset) return this.size;
    for (const { header, position } of this.walk(this.indexFloor(offset), SEEK_BYTES)) {
      if (header.lastOffset >= offset) return position;
    }
    return this.size;
  }

  walk(from = 0, chunkBytes = SCAN_BYTES): Generator<{ header: BatchHeader; position: number }> {
    return walkBatches(this.open(), from, this.size, chunkBytes);
  }

  read(position: number, length: number): Buffer {
    return readAt(this.open(), position, Math.min(length, this.size - position));
  }

  /** Only the active segment keeps its file open; the others open again when they are read. */
  close(sync = false): void {
    if (this.fd === undefined) return;
    if (sync) fs.fsyncSync(this.fd);
    fs.closeSync(this.fd);
    this.fd = undefined;
  }

  remove(): void {
    this.close();
    fs.rmSync(this.file, { force: true });
  }

  private open(): number {
    this.fd ??= fs.openSync(this.file, 'r+');
    return this.fd;
  }

  private note(header: BatchHeader): void {
    const indexed = this.indexPositions.at(-1);
    if (indexed === undefined || this.size - indexed >= INDEX_INTERVAL_BYTES) {
      this.indexOffsets.push(header.baseOffset);
      this.indexPositions.push(this.size);
    }
    if (this.size === 0 && header.maxTimestamp > 0) {
      this.startedAt = Math.min(this.startedAt, header.maxTimestamp);
    }
    this.size += header.sizeInBytes;
    this.nextOffset = header.lastOffset + 1;
    this.maxTimestamp = Math.max(this.maxTimestamp, header.maxTimestamp);
  }

  private indexFloor(offset: number): number {
    let low = 0;
    let high = this.indexOffsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.indexOffsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.indexPositions[low - 1] ?? 0;
  }
}

/** File name of the segment that starts at an offset: 20 digits, so that names sort as offsets do. */
export function segmentName(baseOffset: number): string {
  return String(baseOffset).padStart(20, '0') + SUFFIX;
}

/** The segment files of a partition folder, oldest first. */
export function segmentFiles(folder: string): string[] {
  const names = fs.readdirSync(folder).filter((name) => /^\d{20}\.log$/.test(name));
  return names.sort().map((name) => path.join(folder, name));
}
