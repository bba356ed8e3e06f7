import { mkdirSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Says where each mail is that is written to a folder from now on, to whom it is and about what; not what it says, which
 * may let somebody in. Answers how to end it.
 */
export function announceMail(folder: string, notice: (text: string) => void): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const said = new Set<string>();
  const watcher = watch(folder, (_event, name) => {
    if (!name?.endsWith('.eml') || said.has(name)) return;
    said.add(name);
    void describe(join(folder, name)).then(notice, () => undefined);
  });
  return () => watcher.close();
}

async function describe(file: string): Promise<string> {
  const [head = ''] = (await readFile(file, 'utf8')).split('\n\n');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  return `Mail to ${header('To')}, "${header('Subject')}": ${file}`;
}
