import { malformed } from '../protocol/errors';

/** Each frame begins with its size. */
export const SIZE_BYTES = 4;

/** The frames of a byte stream, without their size. Throws MalformedError on an impossible size. */
export async function* readFrames(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let missing = SIZE_BYTES;
  for await (const chunk of stream) {
    chunks.push(chunk);
    missing -= chunk.length;
    if (missing > 0) continue;
    let rest = Buffer.concat(chunks);
    for (;;) {
      const length = frameLength(rest, maxBytes);
      missing = length - rest.length;
      if (missing > 0) break;
      yield rest.subarray(SIZE_BYTES, length);
      rest = rest.subarray(length);
    }
    chunks = rest.length > 0 ? [rest] : [];
  }
}

/** Length of the frame that begins here, as far as that can be told yet. */
function frameLength(buffer: Buffer, maxBytes: number): number {
  if (buffer.length < SIZE_BYTES) return SIZE_BYTES;
  const size = buffer.readInt32BE(0);
  if (size < 0 || size > maxBytes) malformed(`frame of ${size} bytes`);
  return SIZE_BYTES + size;
}
