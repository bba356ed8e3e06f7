import { gunzipSync, gzipSync } from 'node:zlib';
import { MalformedError } from './errors';
import { type BatchHeader, Codec, HEADER_BYTES } from './record-batch';

/** One record of a batch. `raw` is the whole record as stored, length included. */
export interface StoredRecord {
  readonly raw: Buffer;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly isTombstone: boolean;
}

// A small gzip member can unpack to gigabytes; nothing a client of this broker means to send does.
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

/**
 * The records of a batch, or undefined if its codec is not one that Node can unpack.
 * Throws MalformedError if they are not what the header says.
 */
export function readRecords(header: BatchHeader, batch: Buffer): StoredRecord[] | undefined {
  const packed = batch.subarray(HEADER_BYTES);
  if (header.codec === Codec.NONE) return parseRecords(header, packed);
  if (header.codec === Codec.GZIP) return parseRecords(header, gunzip(packed));
  return undefined;
}

/** As readRecords, but undefined too if the records are damaged: what is stored is served as it is. */
export function readStoredRecords(header: BatchHeader, batch: Buffer): StoredRecord[] | undefined {
  try {
    return readRecords(header, batch);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** Packs stored records the way the batch they come from was packed (none or gzip). */
export function packRecords(header: BatchHeader, records: readonly StoredRecord[]): Buffer {
  const plain = Buffer.concat(records.map((record) => record.raw));
  return header.codec === Codec.GZIP ? gzipSync(plain) : plain;
}

function gunzip(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch {
    throw new MalformedError('records cannot be unpacked');
  }
}

function parseRecords(header: BatchHeader, bytes: Buffer): StoredRecord[] {
  const records: StoredRecord[] = [];
  const cursor = { bytes, at: 0 };
  while (records.length < header.recordCount) records.push(parseRecord(header, cursor));
  if (cursor.at !== bytes.length) throw new MalformedError('bytes behind the last record');
  return records;
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

// length | attributes i8 | timestampDelta | offsetDelta | key | value | headers (all lengths are varints)
function parseRecord(header: BatchHeader, cursor: Cursor): StoredRecord {
  const start = cursor.at;
  const length = varint(cursor);
  const end = cursor.at + length;
  if (length < 1 || end > cursor.bytes.length) throw new MalformedError('record is cut short');
  cursor.at += 1;
  const timestamp = header.baseTimestamp + varint(cursor);
  const offset = header.baseOffset + varint(cursor);
  const key = field(cursor, end);
  const value = field(cursor, end);
  if (cursor.at > end) throw new MalformedError('record is longer than it says');
  cursor.at = end;
  return {
    raw: cursor.bytes.subarray(start, end),
    offset,
    timestamp,
    key,
    isTombstone: value === null,
  };
}

function field(cursor: Cursor, end: number): Buffer | null {
  const length = varint(cursor);
  if (length < 0) return null;
  const start = cursor.at;
  if (start + length > end) throw new MalformedError('field is longer than its record');
  cursor.at = start + length;
  return cursor.bytes.subarray(start, cursor.at);
}

/** Zigzag variable-length integer. Multiplies instead of shifting: timestamps exceed 32 bits. */
function varint(cursor: Cursor): number {
  let value = 0;
  for (let factor = 1; factor < 2 ** 64; factor *= 128) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) break;
    cursor.at += 1;
    value += (byte & 0x7f) * factor;
    if ((byte & 0x80) === 0) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  throw new MalformedError('varint does not end');
}
