import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** After a failure no line is tried for so long: a full volume must cost the service nothing. */
const RETRY_MS = 5_000;

/**
 * A file that log lines are appended to. When it holds `maxBytes` it becomes `<path>.1`, in place of the one before, so
 * both together never hold more than twice that and one line. Never throws: a line that cannot be written is
 * lost here (standard output still has it), and `report` is told once per failure.
 */
export function createLogFile(
  path: string,
  maxBytes: number,
  report: (problem: string) => void,
): DestinationStream {
  let file: number | undefined;
  let bytes = 0;
  let retryAt = 0;

  const open = (): number => {
    file = openSync(path, 'a');
    bytes = fstatSync(file).size;
    return file;
  };
  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };

  return {
    write(line) {
      if (Date.now() < retryAt) return;
      try {
        const written = writeSync(file ?? open(), line);
        bytes += written;
        if (bytes < maxBytes) return;
        close();
        renameSync(path, `${path}.1`);
      } catch (error) {
        retryAt = Date.now() + RETRY_MS;
        report(`Cannot write to LOG_FILE ${path}: ${(error as Error).message}`);
      }
    },
  };
}

/** Writes every line to both. */
export const both = (one: DestinationStream, other: DestinationStream): DestinationStream => ({
  write(line) {
    one.write(line);
    other.write(line);
  },
});
