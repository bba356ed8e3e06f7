import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { until } from '../../test/temporary-folder';
import { startOf } from './process-identity';

test('a process has a start, a number without a process has none', () => {
  assert.ok(startOf(process.pid));
  assert.equal(startOf(process.pid), startOf(process.pid));
  assert.equal(startOf(2 ** 22 + 1), undefined);
});

test('a process that has ended but was never asked how has none', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('zombies are told apart on Linux only');
    return;
  }
  // The child ends when sleep has taken the place of its parent, and sleep knows nothing of children.
  const child = 'until grep -q sleep /proc/$PPID/comm; do :; done';
  const parent = spawn('sh', ['-c', `sh -c '${child}' & echo $!; exec sleep 60`]);
  t.after(() => parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  await until('a zombie', () => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  assert.equal(startOf(pid), undefined);
});
