import { mkdirSync, watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Says where each mail is that is written to a folder from now on, to whom it is and about what; not what it says, which
 * may let somebody in. A folder that cannot be watched is a notice, too. Answers how to end it.
 */
export function announceMail(folder: string, notice: (text: string) => void): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const said = new Set<string>();
  const unwatched = (error: Error) =>
    notice(`New mail in ${folder} is not announced: it cannot be watched (${error.message}).`);
  const watcher = watchFolder(folder, unwatched, (name) => {
    if (!name.endsWith('.eml') || said.has(name)) return;
    said.add(name);
    void describe(join(folder, name)).then(notice, () => undefined);
  });
  return () => watcher?.close();
}

/** Watches if it can: a system gives each user so many watches and no more. */
function watchFolder(
  folder: string,
  failed: (error: Error) => void,
  changed: (name: string) => void,
): FSWatcher | undefined {
  try {
    return watch(folder, (_event, name) => name !== null && changed(name)).on('error', failed);
  } catch (error) {
    failed(error as Error);
    return undefined;
  }
}

async function describe(file: string): Promise<string> {
  const [head = ''] = (await readFile(file, 'utf8')).split('\n\n');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  return `Mail to ${header('To')}, "${header('Subject')}": ${file}`;
}
