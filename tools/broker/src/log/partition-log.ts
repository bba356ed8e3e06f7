import * as fs from 'node:fs';
import * as path from 'node:path';
import { ErrorCode, ProtocolError } from '../protocol/errors';
import { type BatchHeader, stampBatch } from '../protocol/record-batch';
import { readStoredRecords } from '../protocol/records';
import type { TopicConfig } from '../topics/topic-config';
import { readFileIfAny, writeFileAtomically } from './files';
import { ProducerState } from './producer-state';
import { Segment, segmentFiles } from './segment';
import { wholeBatches } from './whole-batches';

/** There is one node and so one leader for ever. */
export const LEADER_EPOCH = 0;
const LOG_START_FILE = 'log-start-offset';

/**
 * The log of one partition: segment files in offset order, appended to at the end of the last one.
 *
 * File access is synchronous on purpose. A write into the page cache takes microseconds, and because
 * nothing else runs meanwhile, every append is atomic and appends to a partition are serial.
 */
export class PartitionLog {
  readonly producers = new ProducerState();
  private readonly listeners = new Set<(bytes: number) => void>();
  private closed = false;

  private constructor(
    readonly folder: string,
    readonly config: () => TopicConfig,
    private readonly fsync: boolean,
    /** Oldest first; never empty, the last one is active. */
    readonly segments: Segment[],
    private startOffset: number,
  ) {}

  /** Opens the folder's log, or starts one. `log` hears of anything that had to be cut. */
  static open(
    folder: string,
    config: () => TopicConfig,
    options: { fsync: boolean; log: (line: string) => void },
  ): PartitionLog {
    fs.mkdirSync(folder, { recursive: true });
    const segments: Segment[] = [];
    const partition = new PartitionLog(folder, config, options.fsync, segments, 0);
    const files = segmentFiles(folder);
    for (const file of files) {
      const before = fs.statSync(file).size;
      // A rolled segment was complete before the next one began; only the last can have a torn tail.
      const segment = Segment.recover(file, file === files.at(-1), (header) => {
        partition.producers.remember(header, Math.max(header.maxTimestamp, 0));
      });
      if (segment.size < before) options.log(`cut ${before - segment.size} bytes from ${file}`);
      if (file !== files.at(-1)) segment.close();
      segments.push(segment);
    }
    if (segments.length === 0) segments.push(Segment.create(folder, 0));
    const saved = Number(readFileIfAny(path.join(folder, LOG_START_FILE)) ?? 0);
    partition.startOffset = Math.max(saved, segments[0]?.baseOffset ?? 0);
    return partition;
  }

  get active(): Segment {
    const last = this.segments.at(-1);
    if (!last) throw new Error(`${this.folder} has no active segment`);
    return last;
  }

  /** First offset that can be read. */
  get logStartOffset(): number {
    return this.startOffset;
  }

  /** Offset of the next record: with one replica also high watermark and last stable offset. */
  get endOffset(): number {
    return this.active.nextOffset;
  }

  /** Appends a checked batch and returns its base offset; a repeated one is not stored again. */
  append(batch: Buffer, produced: BatchHeader): number {
    if (this.closed) throw new ProtocolError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'deleted');
    const repeated = this.producers.check(produced);
    if (repeated !== undefined) return repeated;
    this.rollIfDue(batch.length);
    const baseOffset = this.endOffset;
    const lastOffset = baseOffset + produced.lastOffset - produced.baseOffset;
    const header = { ...produced, baseOffset, lastOffset };
    stampBatch(batch, baseOffset, LEADER_EPOCH);
    this.active.append(batch, header, this.fsync);
    this.producers.remember(header, Date.now());
    this.wake(batch.length);
    return baseOffset;
  }

  /**
   * Whole batches from the one that holds the offset on, at most `maxBytes` of them; a first batch
   * larger than that is given too if `atLeastOne`. Empty at the end of the log.
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean): Buffer {
    for (const segment of this.segments) {
      if (segment.nextOffset <= offset) continue;
      const position = segment.positionOf(offset);
      if (position >= segment.size) continue;
      const found = wholeBatches(segment, position, maxBytes, atLeastOne);
      if (!found.sawOnlyEmptyBatches) return found.bytes;
    }
    return Buffer.alloc(0);
  }

  /** The first record whose timestamp is at or after the given one. */
  firstAtOrAfter(timestamp: number): { offset: number; timestamp: number } | undefined {
    for (const segment of this.segments) {
      if (segment.maxTimestamp < timestamp) continue;
      for (const { header, position } of segment.walk()) {
        if (header.maxTimestamp < timestamp || header.lastOffset < this.startOffset) continue;
        const records = readStoredRecords(header, segment.read(position, header.sizeInBytes));
        // A codec Node cannot unpack: the batch as a whole is the best answer there is.
        if (!records) return { offset: header.baseOffset, timestamp: header.maxTimestamp };
        const found = records.find(
          (record) => record.timestamp >= timestamp && record.offset >= this.startOffset,
        );
        if (found) return { offset: found.offset, timestamp: found.timestamp };
      }
    }
    return undefined;
  }

  /** Makes everything before the offset unreadable and removes the segments that lie before it. */
  advanceStart(offset: number): void {
    if (offset <= this.startOffset) return;
    writeFileAtomically(path.join(this.folder, LOG_START_FILE), String(offset));
    this.startOffset = offset;
    while (this.segments.length > 1 && (this.segments[0]?.nextOffset ?? 0) <= offset) {
      this.segments.shift()?.remove();
    }
  }

  /** Ends the active segment and begins the next one. */
  roll(): void {
    this.active.close(this.fsync);
    this.segments.push(Segment.create(this.folder, this.endOffset));
  }

  rollIfDue(incomingBytes = 0): void {
    const { active } = this;
    const config = this.config();
    if (active.size === 0) return;
    const isFull = active.size + incomingBytes > config.segmentBytes;
    if (isFull || Date.now() - active.startedAt > config.segmentMs) this.roll();
  }

  /** Calls back with the number of bytes of each append, and with Infinity when the log closes. */
  onAppend(listener: (bytes: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Puts a compacted segment in the place of the one it was made from. */
  replaceSegment(old: Segment, compacted: Segment): void {
    const index = this.segments.indexOf(old);
    const isNeeded = compacted.size > 0 || index === 0;
    if (!isNeeded) compacted.remove();
    this.segments.splice(index, 1, ...(isNeeded ? [compacted] : []));
  }

  /** Lets go of files that were opened to be read. */
  closeIdleFiles(): void {
    this.segments.slice(0, -1).forEach((segment) => segment.close());
  }

  close(): void {
    this.closed = true;
    this.segments.forEach((segment) => segment.close(segment === this.active));
    this.wake(Infinity);
  }

  private wake(bytes: number): void {
    for (const listener of [...this.listeners]) listener(bytes);
  }
}
