import assert from 'node:assert/strict';
import fs, { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { announceMail, newestMails, showMails } from '../src/runner/mail';
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

test('the newest mails are read in full, the newest last, and give the terminal no orders', async (t) => {
  const folder = join(temporaryFolder(t), 'mail');
  mkdirSync(folder);
  const mail = (number: number) => `To: ada@example.com\nSubject: ${number}\n`;
  for (const number of [1, 2, 3]) {
    const type = 'Content-Type: text/plain; charset=utf-8\n';
    const text = `${mail(number)}${type}\nGrüße\u001b[2J\nqspr_secret\n`;
    writeFileSync(join(folder, `0199-${number}.eml`), text);
  }
  writeFileSync(join(folder, '0199-4.eml.new'), 'half a mail');
  const shown = (number: number) => `${mail(number)}\nGrüße[2J\nqspr_secret\n`;
  assert.deepEqual(await newestMails(folder, 2), [shown(2), shown(3)]);
  assert.deepEqual(await newestMails(folder, 5), [1, 2, 3].map(shown));
});

test('the newest mails are shown above the screen, and that there is none', async (t) => {
  const folder = join(temporaryFolder(t), 'mail');
  const shown: string[] = [];
  const show = () => showMails(folder, { above: (text) => shown.push(text) });
  await show();
  assert.deepEqual(shown.splice(0), [`No mail in ${folder} yet.`]);
  mkdirSync(folder);
  for (const number of [1, 2, 3, 4])
    writeFileSync(join(folder, `0199-${number}.eml`), `Subject: ${number}\n\nqspr_secret\n`);
  await show();
  const subjects = [...(shown.pop() ?? '').matchAll(/─\S*\n(Subject: \d\n\nqspr_secret)\n/g)];
  assert.deepEqual(
    subjects.map(([, mail]) => mail),
    [2, 3, 4].map((number) => `Subject: ${number}\n\nqspr_secret`),
  );
  assert.deepEqual(shown, []);
});
