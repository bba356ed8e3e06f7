import assert from 'node:assert/strict';
import fs, { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { announceMail } from '../src/runner/mail';
import { temporaryFolder, until } from './temporary-folder';

test('a mail is announced with where it is, to whom and about what, and not with what it says', async (t) => {
  const folder = join(temporaryFolder(t), 'mail');
  const notices: string[] = [];
  t.after(announceMail(folder, (text) => notices.push(text)));
  const file = join(folder, '1.eml');
  const mail = 'From: q@example.com\nTo: ada@example.com\nSubject: A new password\n\nqspr_secret\n';
  writeFileSync(`${file}.new`, mail);
  renameSync(`${file}.new`, file);
  await until('the mail is announced', () => notices.length > 0);
  assert.deepEqual(notices, [`Mail to ada@example.com, "A new password": ${file}`]);
});

test('a folder that cannot be watched, or no longer, is a notice and no end', (t) => {
  const folder = join(temporaryFolder(t), 'mail');
  const notices: string[] = [];
  const refused = t.mock.method(fs, 'watch', () => {
    throw new Error('EMFILE: too many open files');
  });
  announceMail(folder, (text) => notices.push(text))();
  assert.match(notices.pop() ?? '', /not announced.*EMFILE/);
  refused.mock.restore();
  const { mock } = t.mock.method(fs, 'watch');
  t.after(announceMail(folder, (text) => notices.push(text)));
  const watcher = mock.calls[0]?.result;
  watcher?.emit('error', new Error('ENOSPC: no space left'));
  assert.match(notices.pop() ?? '', /not announced.*ENOSPC/);
});
