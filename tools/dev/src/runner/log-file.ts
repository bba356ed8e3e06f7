import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';

/** The log of one process: the process writes it, the runner only reads along. */
export interface LogFile {
  name: string;
  path: string;
  /** Opened for appending; handed to the process as its stdout and stderr. */
  fd: number;
  lastLines(count: number): string[];
  /** The whole lines written since the last call. */
  newLines(): string[];
  /** Afterwards there are no lines to read any more. */
  close(): void;
}

const TAIL_BYTES = 64 * 1024;

/** Begins a log; that of the previous run is kept beside it as `<name>.log.1`. */
export function openLogFile(folder: string, name: string): LogFile {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  if (existsSync(path)) renameSync(path, `${path}.1`);
  const fd = openSync(path, 'a+', 0o640);
  let offset = 0;
  let rest = '';
  let closed = false;
  const read = (from: number, to: number): string => {
    const buffer = Buffer.alloc(Math.max(0, to - from));
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, from));
  };
  return {
    name,
    path,
    fd,
    lastLines: (count) => {
      if (closed) return [];
      const { size } = fstatSync(fd);
      return read(Math.max(0, size - TAIL_BYTES), size)
        .trimEnd()
        .split('\n')
        .slice(-count);
    },
    newLines: () => {
      if (closed) return [];
      const { size } = fstatSync(fd);
      const lines = (rest + read(offset, size)).split('\n');
      offset = size;
      rest = lines.pop() ?? '';
      return lines;
    },
    close: () => {
      closed = true;
      closeSync(fd);
    },
  };
}
