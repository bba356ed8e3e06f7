// What Nx builds and tests again when a file changes: too little is a stale answer from the cache.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { workspaceRoot } from '../src/workspace';

/** As from a terminal: the Nx that runs this test has told its tasks of itself. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'))),
  NX_DAEMON: 'false',
};

/** The projects that a change of this file concerns. */
function affectedBy(file: string): string[] {
  const nx = join(workspaceRoot, 'node_modules/.bin/nx');
  const args = [nx, 'show', 'projects', '--affected', `--files=${file}`, '--json'];
  const answer = execFileSync(process.execPath, args, {
    cwd: workspaceRoot,
    env,
    encoding: 'utf8',
  });
  return (JSON.parse(answer) as string[]).sort();
}

test('a proto concerns what is made of the contracts, and nothing else', () => {
  const affected = affectedBy('protos/quayside/payments/v1/payments.proto');
  for (const name of [
    'contracts',
    'rpc',
    'messaging',
    'chassis',
    'auth',
    'users',
    'payments',
    'gateway',
    'e2e',
  ])
    assert.ok(affected.includes(name), `${name} is among ${affected.join()}`);
  for (const name of ['broker', 'config', 'errors', 'telemetry', 'database', 'http'])
    assert.ok(!affected.includes(name), `${name} is not among ${affected.join()}`);
});

/** Files that the tests of projects elsewhere read. */
const readElsewhere = [
  ['README.md', 'e2e'],
  ['docs/payments.md', 'payments'],
  ['apps/users/migrations/0001_messaging.sql', 'messaging'],
  ['docs/scaling.md', 'charts'],
  ['.ci/run', 'charts'],
  ['e2e/smoke/main.ts', 'charts'],
] as const;

for (const [file, project] of readElsewhere) {
  test(`${file} concerns the tests of ${project}, which read it`, () => {
    assert.ok(affectedBy(file).includes(project));
  });
}
