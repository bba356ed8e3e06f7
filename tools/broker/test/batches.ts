import { crc32c } from '../src/protocol/crc32c';
import { gzipSync } from 'node:zlib';

/** One record to be put into a batch. */
export interface TestRecord {
  readonly key?: string | null;
  readonly value: string | null;
}

/** What a batch is to look like. */
export interface BatchOptions {
  readonly producerId?: number;
  readonly epoch?: number;
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly gzip?: boolean;
  /** What the batch claims to be packed with, instead of what it is. */
  readonly codec?: number;
}

/** A record batch of magic 2, written independently of the broker's own code. */
export function batchOf(records: readonly TestRecord[], options: BatchOptions = {}): Buffer {
  const { producerId = -1, epoch = -1, sequence = -1, timestamp = Date.now(), gzip } = options;
  const codec = options.codec ?? (gzip ? 1 : 0);
  const plain = Buffer.concat(records.map((record, index) => encodeRecord(record, index)));
  const body = gzip ? gzipSync(plain) : plain;
  const batch = Buffer.alloc(61 + body.length);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(2, 16);
  batch.writeInt16BE(codec, 21);
  batch.writeInt32BE(records.length - 1, 23);
  batch.writeBigInt64BE(BigInt(timestamp), 27);
  batch.writeBigInt64BE(BigInt(timestamp), 35);
  batch.writeBigInt64BE(BigInt(producerId), 43);
  batch.writeInt16BE(epoch, 51);
  batch.writeInt32BE(sequence, 53);
  batch.writeInt32BE(records.length, 57);
  body.copy(batch, 61);
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

function encodeRecord({ key = null, value }: TestRecord, index: number): Buffer {
  const fields = [key, value].flatMap((field) => {
    if (field === null) return [varint(-1)];
    const bytes = Buffer.from(field);
    return [varint(bytes.length), bytes];
  });
  const body = Buffer.concat([Buffer.from([0]), varint(0), varint(index), ...fields, varint(0)]);
  return Buffer.concat([varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let zigzag = value >= 0 ? value * 2 : -value * 2 - 1;
  for (; zigzag > 0x7f; zigzag = Math.floor(zigzag / 128)) bytes.push((zigzag % 128) | 0x80);
  return Buffer.from([...bytes, zigzag]);
}
