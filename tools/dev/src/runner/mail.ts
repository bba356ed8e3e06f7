import { mkdirSync, watch, type FSWatcher } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { colour } from './colours';
import type { Screen } from './screen';

/** Between mails. */
const LINE = colour.dim('─'.repeat(60));

/** How many mails are shown at once. */
const MAILS_SHOWN = 3;

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

/**
 * The newest mails of a folder in full, the newest last: for the eyes of who sits at the terminal. Never into a log: the
 * token of a mail lets somebody in.
 */
export async function newestMails(folder: string, count: number): Promise<string[]> {
  // Their names begin with the time (UUIDv7).
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const texts = names.slice(-count).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).map(readable);
}

/**
 * The newest mails in full, above the screen. Without a screen there is no key for it, and the lines that say of each mail
 * where it is do without its text: they may be kept as a log, where nobody may find a token.
 */
export async function showMails(
  folder: string,
  screen: Pick<Screen, 'above'> | undefined,
): Promise<void> {
  const mails = await newestMails(folder, MAILS_SHOWN).catch(() => []);
  const none = `No mail in ${folder} yet.`;
  screen?.above(mails.length === 0 ? none : mails.map((mail) => `${LINE}\n${mail}`).join('\n'));
}

/** Without what is for programs, and without control characters, which a terminal would obey. */
const readable = (mail: string): string =>
  mail.replace(/^Content-Type: .*\n/m, '').replace(/[^\P{Cc}\n\t]/gu, '');

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
