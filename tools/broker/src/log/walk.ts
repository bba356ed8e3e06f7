import * as fs from 'node:fs';
import { type BatchHeader, HEADER_BYTES, readBatchHeader } from '../protocol/record-batch';

/** A batch found in a segment file. */
export interface Located {
  readonly header: BatchHeader;
  readonly position: number;
}

/** Steps over the batches of a file from a batch boundary on; ends at the first that is not whole. */
export function* walkBatches(
  fd: number,
  from: number,
  end: number,
  chunkBytes: number,
): Generator<Located> {
  let chunk: Buffer = Buffer.alloc(0);
  let chunkAt = from;
  for (let position = from; position + HEADER_BYTES <= end;) {
    if (position + HEADER_BYTES > chunkAt + chunk.length) {
      chunk = readAt(fd, position, Math.min(chunkBytes, end - position));
      chunkAt = position;
    }
    const header = readBatchHeader(chunk, position - chunkAt);
    if (!header || position + header.sizeInBytes > end) return;
    yield { header, position };
    position += header.sizeInBytes;
  }
}

/** The bytes at a position; fewer only if the file ends before. */
export function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = fs.readSync(fd, buffer, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
