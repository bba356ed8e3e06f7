import * as fs from 'node:fs';
import * as path from 'node:path';
import * as batches from '../protocol/record-batch';
import { readAt, writeAt } from './files';
import { loadSnapshot, saveSnapshot } from './snapshot';

const INDEX_INTERVAL_BYTES = 16 * 1024;
const FIRST_CHUNK_BYTES = 16 * 1024;
const LAST_CHUNK_BYTES = 1024 * 1024;

/**
 * What an index consists of: a place in a segment where a batch begins, the offset that batch has at
 * least, and the latest timestamp of all that lies before it. The last mark before what is sought
 * says where to read from.
 */
interface Mark {
  readonly offset: number;
  readonly position: number;
  readonly timestamp: number;
}

/** A batch found in a segment. */
export interface Located {
  readonly header: batches.BatchHeader;
  readonly position: number;
}

/** What was read of a log: whole batches, and the offset behind them. */
export interface BatchRange {
  readonly records: Buffer;
  readonly nextOffset: number;
}

/** One file of a partition's log, and beside it the file of its index. */
export class Segment {
  readonly baseOffset: number;
  size = 0;
  nextOffset: number;
  maxTimestamp = -1;
  /** When it was begun, for rolling by age. */
  startedAt = Date.now();
  /** Compaction has been through and nothing was added since. */
  isCompacted = false;
  private marks: Mark[] = [];
  private fd: number | undefined;

  private constructor(readonly file: string) {
    this.baseOffset = Number(path.basename(file, '.log'));
    this.nextOffset = this.baseOffset;
  }

  /** Begins a segment; its name has 20 digits, so that names sort as offsets do. */
  static create(folder: string, baseOffset: number): Segment {
    const segment = new Segment(path.join(folder, `${String(baseOffset).padStart(20, '0')}.log`));
    segment.fd = fs.openSync(segment.file, 'wx+');
    return segment;
  }

  /**
   * Opens an existing file. What its index does not cover is read and checked; the last segment is
   * cut where that ends to be whole batches: the tail a killed process left half written. An older
   * one was complete before the next began, so it is left as it is.
   */
  static open(file: string, isLast: boolean): Segment {
    const segment = new Segment(file);
    const { size, birthtimeMs, mtimeMs } = fs.statSync(file);
    segment.startedAt = birthtimeMs || mtimeMs;
    segment.loadIndex(size, isLast);
    if (segment.size < size) segment.recover(size, isLast);
    return segment;
  }

  /** The segment that a compacted copy makes when it is put in this one's place. */
  replaceBy(copy: string): Segment {
    this.close();
    // In this order: an index that is there belongs to the file that is there.
    fs.rmSync(this.indexFile, { force: true });
    fs.renameSync(copy, this.file);
    const segment = Segment.open(this.file, false);
    segment.isCompacted = true;
    return segment;
  }

  /** Appends one stamped batch. It is in the operating system's hands when this returns. */
  append(batch: Buffer, header: batches.BatchHeader, fsync: boolean): void {
    const fd = this.open();
    try {
      writeAt(fd, this.size, batch);
      if (fsync) fs.fdatasyncSync(fd);
    } catch (error) {
      fs.ftruncateSync(fd, this.size);
      throw error;
    }
    // One that was made long ago and is only now written to has only now begun.
    if (this.size === 0) this.startedAt = Date.now();
    this.note(header);
  }

  /** The batches that hold the offset or lie behind it. */
  *batchesFrom(offset: number): Generator<Located> {
    if (offset >= this.nextOffset) return;
    const mark = this.marks.findLast((one) => one.offset <= offset);
    for (const found of this.walk(mark?.position)) {
      if (found.header.lastOffset >= offset) yield found;
    }
  }

  /** The batches that hold a timestamp that late or later. */
  *batchesSince(timestamp: number): Generator<Located> {
    if (timestamp > this.maxTimestamp) return;
    const mark = this.marks.findLast((one) => one.timestamp < timestamp);
    for (const found of this.walk(mark?.position)) {
      if (found.header.maxTimestamp >= timestamp) yield found;
    }
  }

  /** Steps over the batches from a batch boundary on; ends at the first that is not whole. */
  *walk(from = 0, end = this.size): Generator<Located> {
    let chunk: Buffer = Buffer.alloc(0);
    let chunkAt = from;
    let chunkBytes = FIRST_CHUNK_BYTES;
    for (let position = from; position + batches.HEADER_BYTES <= end;) {
      if (position + batches.HEADER_BYTES > chunkAt + chunk.length) {
        chunk = readAt(this.open(), position, Math.min(chunkBytes, end - position));
        chunkAt = position;
        chunkBytes = Math.min(chunkBytes * 2, LAST_CHUNK_BYTES);
      }
      const header = batches.readBatchHeader(chunk, position - chunkAt);
      if (!header || position + header.sizeInBytes > end) return;
      yield { header, position };
      position += header.sizeInBytes;
    }
  }

  read({ header, position }: Located): Buffer {
    return readAt(this.open(), position, header.sizeInBytes);
  }

  /** Whole batches from the given one on, as many as the limit allows. */
  readUpTo(maxBytes: number, { header, position }: Located): BatchRange {
    const chunk = readAt(this.open(), position, Math.min(maxBytes, this.size - position));
    let nextOffset = header.baseOffset;
    for (let end = 0; ;) {
      const next = batches.readBatchHeader(chunk, end);
      const isWhole = next && end + next.sizeInBytes <= chunk.length;
      if (!isWhole) return { records: chunk.subarray(0, end), nextOffset };
      end += next.sizeInBytes;
      nextOffset = next.lastOffset + 1;
    }
  }

  saveIndex(): void {
    saveSnapshot(this.indexFile, [...this.marks, this.end]);
  }

  sync(): void {
    fs.fsyncSync(this.open());
  }

  /** Only the active segment keeps its file open; the others open again when they are read. */
  close(): void {
    if (this.fd !== undefined) fs.closeSync(this.fd);
    this.fd = undefined;
  }

  remove(): void {
    this.close();
    fs.rmSync(this.indexFile, { force: true });
    fs.rmSync(this.file, { force: true });
  }

  private get indexFile(): string {
    return this.file.replace(/log$/, 'index');
  }

  private get end(): Mark {
    return { offset: this.nextOffset, position: this.size, timestamp: this.maxTimestamp };
  }

  private open(): number {
    return (this.fd ??= fs.openSync(this.file, 'r+'));
  }

  private loadIndex(fileSize: number, isLast: boolean): void {
    const marks = (loadSnapshot(this.indexFile) ?? []) as Mark[];
    const end = marks.pop();
    // The last segment may have been appended to since, but the others must end where they ended.
    if (!end || (isLast ? end.position > fileSize : end.position !== fileSize)) return;
    this.marks = marks;
    this.size = end.position;
    this.nextOffset = end.offset;
    this.maxTimestamp = end.timestamp;
  }

  private recover(fileSize: number, isLast: boolean): void {
    for (const found of this.walk(this.size, fileSize)) {
      if (found.header.baseOffset < this.nextOffset) break;
      if (isLast && !batches.hasValidCrc(this.read(found))) break;
      this.note(found.header);
    }
    if (isLast) fs.ftruncateSync(this.open(), this.size);
    else this.saveIndex();
  }

  private note(header: batches.BatchHeader): void {
    const marked = this.marks.at(-1)?.position ?? -Infinity;
    if (this.size - marked >= INDEX_INTERVAL_BYTES) this.marks.push(this.end);
    this.size += header.sizeInBytes;
    this.nextOffset = header.lastOffset + 1;
    this.maxTimestamp = Math.max(this.maxTimestamp, header.maxTimestamp);
  }
}
