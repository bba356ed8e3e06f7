import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JournalRecord } from '../domain/records';

/** An append-only file, one record per line. */
export interface Journal {
  /** Resolves when the record is on the disk. After a failure it takes no more: what is in the file is unknown then. */
  append(record: JournalRecord): Promise<void>;
  close(): Promise<void>;
}

const NEWLINE = 0x0a;

function parse(line: string, number: number, path: string): JournalRecord {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch (cause) {
    throw new Error(`Line ${number} of ${path} is not a record. Put a copy back, or begin anew.`, {
      cause,
    });
  }
}

/** What is in the file up to its last whole line. A line without an end was never acknowledged: it is cut off. */
async function recover(file: FileHandle, path: string): Promise<JournalRecord[]> {
  const bytes = await readFile(path);
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end < bytes.length) {
    await file.truncate(end);
    await file.sync();
  }
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => parse(line, index + 1, path));
}

/** Opens the journal, made when it is not there, and gives what is in it. Throws when a line inside it is broken. */
export async function openJournal(
  path: string,
): Promise<{ journal: Journal; records: JournalRecord[] }> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  const records = await recover(file, path);
  let last: Promise<unknown> = Promise.resolve();
  const journal: Journal = {
    append(record) {
      // One after another; behind a failed one none: half a line must stay the last.
      const appended = last.then(async () => {
        await file.appendFile(`${JSON.stringify(record)}\n`);
        await file.datasync();
      });
      last = appended;
      appended.catch(() => undefined);
      return appended;
    },
    async close() {
      await last.catch(() => undefined);
      await file.close();
    },
  };
  return { journal, records };
}
