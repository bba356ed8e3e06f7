import { crc32c } from './crc32c';
import { refuse } from './errors';

// Record batch, magic 2. Source: https://kafka.apache.org/documentation/#recordbatch
//   0 baseOffset i64 | 8 batchLength i32 | 12 partitionLeaderEpoch i32 | 16 magic i8 | 17 crc u32
//  21 attributes i16 | 23 lastOffsetDelta i32 | 27 baseTimestamp i64 | 35 maxTimestamp i64
//  43 producerId i64 | 51 producerEpoch i16 | 53 baseSequence i32 | 57 recordCount i32 | 61 records
/** Bytes before the first record. */
export const HEADER_BYTES = 61;
/** batchLength counts from here, behind baseOffset and batchLength themselves. */
const LENGTH_STARTS_AT = 12;
/** The checksum covers everything from here, so the broker may patch offset and epoch before it. */
const CRC_STARTS_AT = 21;

/** The compression codecs of attribute bits 0 to 2. */
export const Codec = { NONE: 0, GZIP: 1, SNAPPY: 2, LZ4: 3, ZSTD: 4 } as const;

/** What a batch says about itself. Offsets are absolute, timestamps in milliseconds. */
export type BatchHeader = NonNullable<ReturnType<typeof readBatchHeader>>;

/** The header at a position, or undefined if no plausible batch starts there. */
export function readBatchHeader(buffer: Buffer, at = 0) {
  if (buffer.length - at < HEADER_BYTES || buffer.readInt8(at + 16) !== 2) return undefined;
  const baseOffset = Number(buffer.readBigInt64BE(at));
  const attributes = buffer.readInt16BE(at + 21);
  const lastOffsetDelta = buffer.readInt32BE(at + 23);
  const header = {
    baseOffset,
    lastOffset: baseOffset + lastOffsetDelta,
    sizeInBytes: buffer.readInt32BE(at + 8) + LENGTH_STARTS_AT,
    codec: attributes & 0x07,
    isTransactional: (attributes & 0x30) !== 0, // or a marker of a transaction's end
    baseTimestamp: Number(buffer.readBigInt64BE(at + 27)),
    maxTimestamp: Number(buffer.readBigInt64BE(at + 35)),
    producerId: Number(buffer.readBigInt64BE(at + 43)),
    producerEpoch: buffer.readInt16BE(at + 51),
    baseSequence: buffer.readInt32BE(at + 53),
    recordCount: buffer.readInt32BE(at + 57),
  };
  const { sizeInBytes, lastOffset, baseTimestamp, maxTimestamp, producerId, recordCount } = header;
  const isPlausible =
    sizeInBytes >= HEADER_BYTES &&
    Math.min(baseOffset, lastOffsetDelta, recordCount) >= 0 &&
    [lastOffset, baseTimestamp, maxTimestamp, producerId].every(Number.isSafeInteger);
  return isPlausible ? header : undefined;
}

/** Whether the stored checksum is that of the content. The buffer holds exactly one batch. */
export function hasValidCrc(batch: Buffer): boolean {
  return batch.readUInt32BE(17) === crc32c(batch.subarray(CRC_STARTS_AT));
}

/** The one batch a produce request carries for a partition, checked. Throws ProtocolError. */
export function readProducedBatch(records: Buffer, maxBytes: number): BatchHeader {
  if (records.length === 0) refuse('INVALID_RECORD', 'no record batch');
  const header = readBatchHeader(records);
  if (records.length < (header?.sizeInBytes ?? HEADER_BYTES)) {
    refuse('CORRUPT_MESSAGE', 'record batch is cut short');
  }
  // Since Produce v3 a partition's records are exactly one batch of magic 2.
  if (header?.sizeInBytes !== records.length) {
    return refuse('INVALID_RECORD', 'not exactly one record batch of magic 2');
  }
  const { recordCount, baseOffset, lastOffset, sizeInBytes } = header;
  if (sizeInBytes > maxBytes) refuse('MESSAGE_TOO_LARGE', `batch exceeds ${maxBytes} bytes`);
  if (!hasValidCrc(records)) refuse('CORRUPT_MESSAGE', 'checksum does not match');
  if (recordCount === 0 || recordCount !== lastOffset - baseOffset + 1) {
    refuse('INVALID_RECORD', 'record count and offsets disagree');
  }
  if (header.isTransactional) refuse('INVALID_TXN_STATE', 'transactions are not supported');
  if (header.codec > Codec.ZSTD) refuse('UNSUPPORTED_COMPRESSION_TYPE', 'unknown codec');
  return header;
}

/** Gives the batch its place in the log. Both fields lie before the checksummed part. */
export function stampBatch(batch: Buffer, baseOffset: number, leaderEpoch: number): void {
  batch.writeBigInt64BE(BigInt(baseOffset), 0);
  batch.writeInt32BE(leaderEpoch, 12);
}

/** The same batch with other records: its offsets, sequences and times stay as they were. */
export function replaceRecords(batch: Buffer, records: Buffer, recordCount: number): Buffer {
  const copy = Buffer.concat([batch.subarray(0, HEADER_BYTES), records]);
  copy.writeInt32BE(copy.length - LENGTH_STARTS_AT, 8);
  copy.writeInt32BE(recordCount, 57);
  copy.writeUInt32BE(crc32c(copy.subarray(CRC_STARTS_AT)), 17);
  return copy;
}
