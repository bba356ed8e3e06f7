import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from './temporary-folder';

test('the demo says so when the system is not running', (t) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, '../src/demo/main.ts')],
    {
      env: { ...process.env, QUAYSIDE_URL: undefined, QUAYSIDE_DATA: temporaryFolder(t) },
      encoding: 'utf8',
    },
  );
  assert.equal(status, 1);
  assert.match(stderr, /^Quayside is not running\. Start it .* npm start/);
});
