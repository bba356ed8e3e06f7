import * as fs from 'node:fs';
import { crc32c } from '../protocol/crc32c';
import { writeFileAtomically } from './files';

const MARK_BYTES = 16;
const CRC_BYTES = 4;

/**
 * A place in a segment where a batch begins, or will begin: the offset that batch has at least,
 * counted from that of the segment (u32), its position in the file (u32), and the latest timestamp
 * of all that lies before it (i64). The last mark before what is sought says where to read from.
 */
export interface Mark {
  readonly relativeOffset: number;
  readonly position: number;
  readonly timestamp: number;
}

/**
 * Writes an index: marks of a fixed width, of which the last is the end of what the index covers,
 * and a checksum. It holds nothing that the log does not, so it may be lost by power failure.
 */
export function saveMarks(file: string, marks: readonly Mark[]): void {
  const bytes = Buffer.alloc(marks.length * MARK_BYTES + CRC_BYTES);
  marks.forEach(({ relativeOffset, position, timestamp }, index) => {
    bytes.writeUInt32BE(relativeOffset, index * MARK_BYTES);
    bytes.writeUInt32BE(position, index * MARK_BYTES + 4);
    bytes.writeBigInt64BE(BigInt(timestamp), index * MARK_BYTES + 8);
  });
  const end = bytes.length - CRC_BYTES;
  bytes.writeUInt32BE(crc32c(bytes.subarray(0, end)), end);
  writeFileAtomically(file, bytes, false);
}

/** Reads an index; no marks if there is none, or a damaged one. */
export function loadMarks(file: string): Mark[] {
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  const end = bytes.length - CRC_BYTES;
  const isWhole = end >= 0 && end % MARK_BYTES === 0;
  if (!isWhole || bytes.readUInt32BE(end) !== crc32c(bytes.subarray(0, end))) return [];
  return Array.from({ length: end / MARK_BYTES }, (_, index) => ({
    relativeOffset: bytes.readUInt32BE(index * MARK_BYTES),
    position: bytes.readUInt32BE(index * MARK_BYTES + 4),
    timestamp: Number(bytes.readBigInt64BE(index * MARK_BYTES + 8)),
  }));
}
