import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Replaces a file in one step: after a crash it holds the old content or the new, never a mix.
 * Returns the new file, open at its end. `sync` false: it need not survive power loss; else the
 * caller syncs the folder.
 */
export function replaceFile(file: string, content: string, sync = true): number {
  const temporary = `${file}.tmp`;
  const fd = fs.openSync(temporary, 'w');
  try {
    fs.writeFileSync(fd, Buffer.from(content));
    if (sync) fs.fsyncSync(fd);
    fs.renameSync(temporary, file);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/** As replaceFile, and closes it; the folder is synced. */
export function writeFileAtomically(file: string, content: string, sync = true): void {
  fs.closeSync(replaceFile(file, content, sync));
  if (sync) syncFolder(path.dirname(file));
}

/** The content of a text file, or undefined if there is none. */
export function readFileIfAny(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes all of the bytes at a position. */
export function writeAt(fd: number, position: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) {
    done += fs.writeSync(fd, bytes, done, bytes.length - done, position + done);
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

/** Makes what was created or renamed in a folder survive power loss. */
export function syncFolder(folder: string): void {
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
