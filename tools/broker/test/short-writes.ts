import fs from 'node:fs';
import type { TestContext } from 'node:test';

/** Lets every write take at most so many bytes, as a system may do with any write. */
export function writeInPortions(t: TestContext, maxBytes: number): void {
  const write = fs.writeSync.bind(fs);
  t.mock.method(
    fs,
    'writeSync',
    (fd: number, bytes: Buffer, offset: number, length: number, position: number | null) =>
      write(fd, bytes, offset, Math.min(length, maxBytes), position),
  );
}
