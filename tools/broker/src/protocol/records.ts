import { gunzipSync, gzipSync } from 'node:zlib';
import { malformed } from './errors';
import { Reader } from './reader';
import { type BatchHeader, Codec, HEADER_BYTES } from './record-batch';

/** One record of a batch. `raw` is the whole record as stored, length included. */
export type StoredRecord = ReturnType<typeof parseRecord>;

// A small gzip member can unpack to gigabytes; nothing a client of this broker means to send does.
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

/** Whether Node can unpack what is packed with this codec. */
export function canUnpack({ codec }: BatchHeader): boolean {
  return codec === Codec.NONE || codec === Codec.GZIP;
}

/** The records of a batch; undefined if Node cannot unpack them or they are damaged. */
export function readRecords(header: BatchHeader, batch: Buffer): StoredRecord[] | undefined {
  if (!canUnpack(header)) return undefined;
  const packed = batch.subarray(HEADER_BYTES);
  const limits = { maxOutputLength: MAX_UNPACKED_BYTES };
  try {
    return parseRecords(header, header.codec === Codec.GZIP ? gunzipSync(packed, limits) : packed);
  } catch {
    return undefined;
  }
}

/** Packs stored records the way the batch they come from was packed (none or gzip). */
export function packRecords(header: BatchHeader, records: readonly StoredRecord[]): Buffer {
  const plain = Buffer.concat(records.map((record) => record.raw));
  return header.codec === Codec.GZIP ? gzipSync(plain) : plain;
}

function parseRecords(header: BatchHeader, bytes: Buffer): StoredRecord[] {
  const records: StoredRecord[] = [];
  const reader = new Reader(bytes);
  while (records.length < header.recordCount) records.push(parseRecord(header, reader));
  if (reader.remaining > 0) malformed('bytes behind the last record');
  return records;
}

// length | attributes i8 | timestampDelta | offsetDelta | key | value | headers; all but attributes
// are, or begin with, signed varints.
function parseRecord(header: BatchHeader, reader: Reader) {
  const start = reader.position;
  const body = new Reader(reader.take(signedVarint(reader)));
  body.advance(1);
  return {
    timestamp: header.baseTimestamp + signedVarint(body),
    offset: header.baseOffset + signedVarint(body),
    key: field(body),
    isTombstone: field(body) === null,
    raw: reader.bytes.subarray(start, reader.position),
  };
}

function field(reader: Reader): Buffer | null {
  const length = signedVarint(reader);
  return length < 0 ? null : reader.take(length);
}

/** "Zigzag": signs alternate, so that small negative numbers are short too. */
function signedVarint(reader: Reader): number {
  const value = reader.varint();
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
