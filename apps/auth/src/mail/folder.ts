import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Mailer } from './mailer';

const inOneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

/** Writes each mail as a file that its owner alone can read: for development, where nobody has a mail server. */
export function createFolderMailer(folder: string, from: string): Mailer {
  return {
    async send({ to, subject, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${v7()}.eml`);
      const headers = { From: from, To: to, Subject: subject, Date: new Date().toUTCString() };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${inOneLine(value)}`);
      const type = 'Content-Type: text/plain; charset=utf-8';
      // In one step: whoever watches the folder never reads half a mail.
      await writeFile(`${file}.new`, [...lines, type, '', text].join('\n'), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    close: () => undefined,
  };
}
