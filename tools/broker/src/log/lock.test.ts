import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { eventually } from '../../test/eventually';
import { temporaryFolder } from '../../test/temporary-folder';
import { lockFolder } from './lock';

const CONTENDER = path.join(__dirname, '../../test/lock-contender.ts');
const DEAD = '2147483646 1';

test('a lock is refused while it is held, and given after', (t) => {
  const folder = temporaryFolder(t);
  const unlock = lockFolder(folder);
  assert.throws(() => lockFolder(folder), /in use by another broker/);
  unlock();
  lockFolder(folder)();
  assert.deepEqual(fs.readdirSync(folder), []);
});

for (const content of [DEAD, '', 'nonsense', `${process.pid} 1`]) {
  test(`a lock that says "${content}" is taken over`, (t) => {
    const folder = temporaryFolder(t);
    fs.writeFileSync(path.join(folder, 'broker.lock'), content);
    lockFolder(folder)();
    assert.deepEqual(fs.readdirSync(folder), []);
  });
}

test('a lock of a process that has ended but was never asked how is taken over', async (t) => {
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
  const fields = (): string[] => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  await eventually('it is a zombie', () => Promise.resolve(fields()[2] === 'Z'));
  const folder = temporaryFolder(t);
  fs.writeFileSync(path.join(folder, 'broker.lock'), `${pid} ${fields()[21]}`);
  lockFolder(folder)();
});

test('of many that find a stale lock at once, one gets it', async (t) => {
  const contenders = Array.from({ length: 4 }, () => {
    const child = fork(CONTENDER, { execArgv: ['--import', 'tsx'] });
    t.after(() => child.kill('SIGKILL'));
    return child;
  });
  await Promise.all(contenders.map((child) => once(child, 'message')));
  for (let round = 0; round < 100; round += 1) {
    const folder = temporaryFolder(t);
    fs.writeFileSync(path.join(folder, 'broker.lock'), DEAD);
    const answers = contenders.map(async (child) => {
      const answer = once(child, 'message');
      child.send(folder);
      return (await answer)[0] as boolean;
    });
    const winners = (await Promise.all(answers)).filter(Boolean);
    assert.equal(winners.length, 1, `round ${round}`);
  }
});
