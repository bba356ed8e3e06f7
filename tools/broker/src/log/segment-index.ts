import * as fs from 'node:fs';
import { crc32c } from '../protocol/crc32c';
import { writeFileAtomically } from './files';

// relativeOffset u32 | position u32 | timestamp i64
const MARK_BYTES = 16;
const CRC_BYTES = 4;

/**
 * A place in a segment where a batch begins, or will begin: the offset it has, counted from that of
 * the segment, its position in the file, and the latest timestamp of all that lies before it.
 */
export interface Mark {
  readonly relativeOffset: number;
  readonly position: number;
  readonly timestamp: number;
}

/**
 * The sparse index of a segment: marks of a fixed width, in order, so that a binary search finds the
 * place to read from. In its file the last mark is the end of what the index covers, and a checksum
 * follows. It holds nothing that the log does not: it may be lost, and need not survive power loss.
 */
export class SegmentIndex {
  private marks = Buffer.alloc(64 * MARK_BYTES);
  private count = 0;

  /** The index in a file; undefined if there is none or it is damaged. */
  static load(file: string): SegmentIndex | undefined {
    if (!fs.existsSync(file)) return undefined;
    const bytes = fs.readFileSync(file);
    const marks = bytes.subarray(0, -CRC_BYTES);
    const isWhole = marks.length > 0 && marks.length % MARK_BYTES === 0;
    if (!isWhole || bytes.readUInt32BE(marks.length) !== crc32c(marks)) return undefined;
    const index = new SegmentIndex();
    index.marks = marks;
    index.count = marks.length / MARK_BYTES;
    return index;
  }

  get last(): Mark | undefined {
    return this.count > 0 ? this.at(this.count - 1) : undefined;
  }

  add({ relativeOffset, position, timestamp }: Mark): void {
    const at = this.count * MARK_BYTES;
    if (at === this.marks.length) this.marks = Buffer.concat([this.marks, Buffer.alloc(at)]);
    this.marks.writeUInt32BE(relativeOffset, at);
    this.marks.writeUInt32BE(position, at + 4);
    this.marks.writeBigInt64BE(BigInt(timestamp), at + 8);
    this.count += 1;
  }

  save(file: string, end: Mark): void {
    if (this.last?.position !== end.position) this.add(end);
    const marks = this.marks.subarray(0, this.count * MARK_BYTES);
    const checksum = Buffer.alloc(CRC_BYTES);
    checksum.writeUInt32BE(crc32c(marks));
    writeFileAtomically(file, Buffer.concat([marks, checksum]), false);
  }

  /** A position before which all offsets are lower. */
  positionOf(relativeOffset: number): number {
    return this.lastPosition((mark) => mark.relativeOffset <= relativeOffset);
  }

  /** A position before which all timestamps are earlier. */
  positionOfTime(timestamp: number): number {
    return this.lastPosition((mark) => mark.timestamp < timestamp);
  }

  /** Of the last mark of which the condition holds, as it does of all before. */
  private lastPosition(holds: (mark: Mark) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.at(middle))) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : this.at(low - 1).position;
  }

  private at(index: number): Mark {
    const at = index * MARK_BYTES;
    return {
      relativeOffset: this.marks.readUInt32BE(at),
      position: this.marks.readUInt32BE(at + 4),
      timestamp: Number(this.marks.readBigInt64BE(at + 8)),
    };
  }
}
