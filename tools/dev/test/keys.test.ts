// The keys of `npm start`, pressed at what it takes for a terminal.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder, until } from './temporary-folder';

test('m shows the mails, Ctrl-C ends', async (t) => {
  const folder = temporaryFolder(t);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'fake-runner.ts'), folder],
    { env: { ...process.env, FAKE_TERMINAL: '1' }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  t.after(() => child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await until('ready', () => out.includes('Ready in'));
  const mail = 'To: ada@example.com\nSubject: A new password\n\nqspr_secret\n';
  mkdirSync(join(folder, 'data', 'mail'), { recursive: true });
  writeFileSync(join(folder, 'data', 'mail', '0199-1.eml'), mail);
  assert.ok(!out.includes('qspr_secret'));
  child.stdin.write('m');
  await until('the mail is shown', () => out.includes(mail));
  const exited = once(child, 'exit');
  child.stdin.write('\u0003');
  assert.deepEqual(await exited, [0, null]);
});
