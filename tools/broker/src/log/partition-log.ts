import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Settings } from '../options';
import { refuse } from '../protocol/errors';
import { type BatchHeader, stampBatch } from '../protocol/record-batch';
import { readRecords } from '../protocol/records';
import type { TopicConfig } from '../topics/topic-config';
import { readFileIfAny, syncFolder, writeFileAtomically } from './files';
import { type Producer, ProducerState } from './producer-state';
import { type BatchRange, Segment } from './segment';
import { loadSnapshot, saveSnapshot } from './snapshot';

/** There is one node and so one leader for ever. */
export const LEADER_EPOCH = 0;

/** What the log up to an offset says of its producers. */
interface ProducersAt {
  readonly offset: number;
  readonly producers: readonly [number, Producer][];
}

/**
 * The log of one partition: segment files in offset order, appended to at the end of the last one.
 *
 * File access is synchronous on purpose. A write into the page cache takes microseconds, and since
 * nothing else runs meanwhile, every append is atomic and appends to a partition are serial.
 */
export class PartitionLog {
  readonly producers: ProducerState;
  /** Called with the number of bytes of each append, and with Infinity when no more will come or the broker stops. */
  readonly listeners = new Set<(bytes: number) => void>();
  /** Oldest first; never empty, the last one is active. */
  readonly segments: Segment[] = [];
  isClosed = false;
  /** First offset that can be read. */
  logStartOffset: number;
  private readonly startFile: string;
  private readonly producersFile: string;
  private isSaved: boolean;

  /** Opens the folder's log, or starts one. */
  constructor(
    readonly folder: string,
    readonly config: () => TopicConfig,
    private readonly settings: Pick<Settings, 'fsync' | 'log'>,
  ) {
    this.startFile = path.join(folder, 'log-start-offset');
    this.producersFile = path.join(folder, 'producers.json');
    fs.mkdirSync(folder, { recursive: true });
    this.openSegments();
    const savedStart = Number(readFileIfAny(this.startFile) ?? 0);
    this.logStartOffset = Math.max(savedStart, this.segments[0]?.baseOffset ?? 0);
    // A power failure may have taken the end of the log, even that before the saved start.
    const end = this.segments.at(-1)?.nextOffset ?? -1;
    if (end < this.logStartOffset) this.beginSegment(this.logStartOffset);
    this.removeBeforeStart();
    const saved = loadSnapshot(this.producersFile) as ProducersAt | undefined;
    const known = saved && saved.offset <= this.endOffset ? saved : { offset: 0, producers: [] };
    this.producers = new ProducerState(new Map(known.producers));
    for (const segment of this.segments) {
      for (const { header } of segment.batchesFrom(known.offset)) this.producers.remember(header);
    }
    this.isSaved = known.offset === this.endOffset;
  }

  get active(): Segment {
    const last = this.segments.at(-1);
    if (!last) throw new Error(`${this.folder} has no active segment`);
    return last;
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
    this.rollIfDue(batch.length);
    const baseOffset = this.endOffset;
    const header = { ...produced, baseOffset, lastOffset: baseOffset + span };
    stampBatch(batch, baseOffset, LEADER_EPOCH);
    this.isSaved = false;
    this.active.append(batch, header, this.settings.fsync);
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
      for (const found of segment.batchesFrom(offset)) {
        const { recordCount, sizeInBytes } = found.header;
        // Compaction empties batches; kafkajs takes nothing but such for the end of the log.
        if (recordCount === 0) continue;
        return segment.readUpTo(Math.max(maxBytes, atLeastOne ? sizeInBytes : 0), found);
      }
    }
    return { records: Buffer.alloc(0), nextOffset: this.endOffset };
  }

  /** The first record whose timestamp is at or after the given one. */
  firstAtOrAfter(timestamp: number): { offset: number; timestamp: number } | undefined {
    for (const segment of this.segments) {
      for (const found of segment.batchesSince(timestamp)) {
        const { baseOffset, lastOffset, maxTimestamp } = found.header;
        if (lastOffset < this.logStartOffset) continue;
        const offset = Math.max(baseOffset, this.logStartOffset);
        // A codec Node cannot unpack: the batch as a whole is the best answer there is.
        const whole = [{ offset, timestamp: maxTimestamp }];
        const records = readRecords(found.header, segment.read(found)) ?? whole;
        const first = records.find(
          (record) => record.timestamp >= timestamp && record.offset >= this.logStartOffset,
        );
        if (first) return { offset: first.offset, timestamp: first.timestamp };
      }
    }
    return undefined;
  }

  /** Makes everything before the offset unreadable and removes the segments that lie before it. */
  advanceStart(offset: number): void {
    if (offset <= this.logStartOffset) return;
    writeFileAtomically(this.startFile, String(offset));
    this.logStartOffset = offset;
    this.removeBeforeStart();
  }

  /** Ends the active segment and begins the next one. */
  roll(): void {
    this.save();
    this.active.close();
    this.beginSegment(this.endOffset);
  }

  /** Rolls if the active segment is too old, or too full for what comes. */
  rollIfDue(bytes = 0): void {
    const { size, startedAt } = this.active;
    const { segmentBytes, segmentMs } = this.config();
    const isDue = size + bytes > segmentBytes || Date.now() - startedAt > segmentMs;
    if (size > 0 && isDue) this.roll();
  }

  /** Puts a compacted copy in the place of the segment it was made from. */
  replaceSegment(old: Segment, copy: string): void {
    const compacted = old.replaceBy(copy);
    const index = this.segments.indexOf(old);
    // The first one is kept even if nothing is left of it: the log starts with it.
    const isNeeded = compacted.size > 0 || index === 0;
    if (!isNeeded) compacted.remove();
    this.segments.splice(index, 1, ...(isNeeded ? [compacted] : []));
  }

  /** Tells those who wait for bytes how many have come. */
  wake(bytes: number): void {
    for (const listener of [...this.listeners]) listener(bytes);
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

  private openSegments(): void {
    const names = fs.readdirSync(this.folder).sort();
    const logs = names.filter((name) => name.endsWith('.log'));
    for (const name of logs) {
      const file = path.join(this.folder, name);
      const { size } = fs.statSync(file);
      const segment = Segment.open(file, name === logs.at(-1));
      const lost = size - segment.size;
      if (lost > 0) this.settings.log(`the last ${lost} bytes of ${file} are not whole batches`);
      this.segments.push(segment);
    }
    this.closeIdleFiles();
    // What a compaction or the saving of an index left behind when it was cut off.
    const leftOver = names.filter((name) => /\.(compacted|tmp)$/.test(name));
    leftOver.forEach((name) => fs.rmSync(path.join(this.folder, name)));
  }

  private beginSegment(baseOffset: number): void {
    this.segments.push(Segment.create(this.folder, baseOffset));
    if (this.settings.fsync) syncFolder(this.folder);
  }

  private removeBeforeStart(): void {
    while ((this.segments[1]?.baseOffset ?? Infinity) <= this.logStartOffset) {
      this.segments.shift()?.remove();
    }
  }

  /** Spares the next start from reading what is there now. It can do without. */
  private save(): void {
    try {
      this.active.saveIndex();
      const producers: ProducersAt = { offset: this.endOffset, producers: this.producers.all() };
      saveSnapshot(this.producersFile, producers);
      this.isSaved = true;
    } catch (error) {
      this.settings.log(`index of ${this.folder} not saved: ${String(error)}`);
    }
  }
}
