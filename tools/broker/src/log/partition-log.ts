import * as fs from 'node:fs';
import * as path from 'node:path';
import { refuse } from '../protocol/errors';
import { type BatchHeader, stampBatch } from '../protocol/record-batch';
import { readStoredRecords } from '../protocol/records';
import type { TopicConfig } from '../topics/topic-config';
import { readFileIfAny, syncFolder, writeFileAtomically } from './files';
import { ProducerState } from './producer-state';
import { type BatchRange, Segment } from './segment';

/** There is one node and so one leader for ever. */
export const LEADER_EPOCH = 0;
/** The index of a segment has 32 bits for an offset. */
const MAX_SEGMENT_SPAN = 2 ** 32 - 1;

/**
 * The log of one partition: segment files in offset order, appended to at the end of the last one.
 *
 * File access is synchronous on purpose. A write into the page cache takes microseconds, and because
 * nothing else runs meanwhile, every append is atomic and appends to a partition are serial.
 */
export class PartitionLog {
  readonly producers = new ProducerState();
  /** Called with the number of bytes of each append, and with Infinity when the log closes. */
  readonly listeners = new Set<(bytes: number) => void>();
  /** Oldest first; never empty, the last one is active. */
  readonly segments: Segment[] = [];
  isClosed = false;
  private startOffset: number;
  private isSaved: boolean;

  /** Opens the folder's log, or starts one. `log` hears of what cannot be read. */
  constructor(
    readonly folder: string,
    readonly config: () => TopicConfig,
    private readonly options: { readonly fsync: boolean; readonly log: (line: string) => void },
  ) {
    fs.mkdirSync(folder, { recursive: true });
    this.openSegments();
    const saved = Number(readFileIfAny(this.startFile) ?? 0);
    this.startOffset = Math.max(saved, this.segments[0]?.baseOffset ?? 0);
    // A power failure may have taken the end of the log, even that before the saved start.
    const isCutBelowStart = (this.segments.at(-1)?.nextOffset ?? -1) < this.startOffset;
    if (isCutBelowStart) this.beginSegment(this.startOffset);
    this.removeBeforeStart();
    const known = this.producers.restore(this.producersFile, this.endOffset);
    for (const segment of this.segments) {
      for (const { header } of segment.batchesFrom(known)) this.producers.remember(header);
    }
    this.isSaved = known === this.endOffset;
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
    if (this.isClosed) refuse('UNKNOWN_TOPIC_OR_PARTITION', 'deleted');
    const repeated = this.producers.check(produced);
    if (repeated !== undefined) return repeated;
    const span = produced.lastOffset - produced.baseOffset;
    this.rollIfDue(batch.length, span);
    const baseOffset = this.endOffset;
    const header = { ...produced, baseOffset, lastOffset: baseOffset + span };
    stampBatch(batch, baseOffset, LEADER_EPOCH);
    this.isSaved = false;
    this.active.append(batch, header, this.options.fsync);
    this.producers.remember(header, Date.now());
    this.wake(batch.length);
    return baseOffset;
  }

  /**
   * Whole batches from the one that holds the offset on, at most `maxBytes` of them; a first batch
   * larger than that is given too if `atLeastOne`. Empty at the end of the log.
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean): BatchRange {
    for (const segment of this.segments) {
      const first = segment.find(offset);
      if (!first) continue;
      const needed = atLeastOne ? first.header.sizeInBytes : 0;
      return segment.readUpTo(Math.max(maxBytes, needed), first);
    }
    return { records: Buffer.alloc(0), nextOffset: this.endOffset };
  }

  /** The first record whose timestamp is at or after the given one. */
  firstAtOrAfter(timestamp: number): { offset: number; timestamp: number } | undefined {
    for (const segment of this.segments) {
      if (segment.maxTimestamp < timestamp) continue;
      for (const located of segment.batchesAround(timestamp)) {
        const { header } = located;
        if (header.maxTimestamp < timestamp || header.lastOffset < this.startOffset) continue;
        const { baseOffset: offset, maxTimestamp } = header;
        // A codec Node cannot unpack: the batch as a whole is the best answer there is.
        const whole = [{ offset: Math.max(offset, this.startOffset), timestamp: maxTimestamp }];
        const found = (readStoredRecords(header, segment.read(located)) ?? whole).find(
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
    writeFileAtomically(this.startFile, String(offset));
    this.startOffset = offset;
    this.removeBeforeStart();
  }

  /** Ends the active segment and begins the next one. */
  roll(): void {
    this.save();
    this.active.close();
    this.beginSegment(this.endOffset);
  }

  /** Rolls if the active segment is too old, or too full for what comes. */
  rollIfDue(bytes = 0, span = 0): void {
    const { size, baseOffset, startedAt } = this.active;
    const { segmentBytes, segmentMs } = this.config();
    const isTooWide = this.endOffset + span - baseOffset > MAX_SEGMENT_SPAN;
    const isFull = size + bytes > segmentBytes || isTooWide;
    if (size > 0 && (isFull || Date.now() - startedAt > segmentMs)) this.roll();
  }

  /** Puts a compacted copy in the place of the segment it was made from. */
  replaceSegment(old: Segment, file: string): void {
    const compacted = old.replaceBy(file);
    const index = this.segments.indexOf(old);
    // The first one is kept even if nothing is left of it: the log starts with it.
    const isNeeded = compacted.size > 0 || index === 0;
    if (!isNeeded) compacted.remove();
    this.segments.splice(index, 1, ...(isNeeded ? [compacted] : []));
  }

  /** Lets go of files that were opened to be read. */
  closeIdleFiles(): void {
    this.segments.slice(0, -1).forEach((segment) => segment.close());
  }

  /** `isDeleted`: nobody will open it again. */
  close(isDeleted = false): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (!isDeleted && !this.isSaved) {
      this.active.sync();
      this.save();
    }
    this.segments.forEach((segment) => segment.close());
    this.wake(Infinity);
  }

  private get startFile(): string {
    return path.join(this.folder, 'log-start-offset');
  }

  private get producersFile(): string {
    return path.join(this.folder, 'producers.json');
  }

  private openSegments(): void {
    const names = fs.readdirSync(this.folder);
    // What a compaction that was cut off left behind.
    for (const name of names.filter((one) => one.endsWith('.compacted'))) {
      fs.rmSync(path.join(this.folder, name));
    }
    const files = names.filter((name) => name.endsWith('.log')).sort();
    for (const name of files) {
      const file = path.join(this.folder, name);
      const { size } = fs.statSync(file);
      const segment = Segment.open(file, name === files.at(-1));
      const lost = size - segment.size;
      if (lost > 0) this.options.log(`the last ${lost} bytes of ${file} are not whole batches`);
      this.segments.push(segment);
    }
  }

  private beginSegment(baseOffset: number): void {
    this.segments.push(Segment.create(this.folder, baseOffset));
    if (this.options.fsync) syncFolder(this.folder);
  }

  private removeBeforeStart(): void {
    while ((this.segments[1]?.baseOffset ?? Infinity) <= this.startOffset) {
      this.segments.shift()?.remove();
    }
  }

  /** Spares the next start from reading what is there now. It can do without. */
  private save(): void {
    try {
      this.active.saveIndex();
      this.producers.save(this.producersFile, this.endOffset);
      this.isSaved = true;
    } catch (error) {
      this.options.log(`index of ${this.folder} not saved: ${String(error)}`);
    }
  }

  private wake(bytes: number): void {
    for (const listener of [...this.listeners]) listener(bytes);
  }
}
