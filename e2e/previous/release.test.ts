import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { programOf } from './release';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-programs-'));
  for (const release of ['now', 'before']) {
    const said = `console.log('${release}', require('node:path').basename(process.argv[1]));`;
    writeFileSync(join(folder, `${release}.js`), said);
  }
  const [jobs, service] = [join(folder, 'now.js'), join(folder, 'before.js')];
  writeFileSync(join(folder, 'main.js'), programOf(jobs, service));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  execFileSync(process.execPath, [join(folder, 'main.js'), ...args], { encoding: 'utf8' }).trim();

test('migrations and topics are those of this release, what serves is the one before', () => {
  assert.equal(run('migrate'), 'now now.js');
  assert.equal(run('topics'), 'now now.js');
  // Each finds its files beside itself.
  assert.equal(run(), 'before before.js');
});
