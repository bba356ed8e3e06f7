// What starts a service anew in the stage `dev`, with real processes and with files that are replaced as `tar` does.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { waitFor } from '@quayside/testing';

let folder: string;
let child: ChildProcess | undefined;
let output = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-restart-'));
  output = '';
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    letDrain();
    // Not SIGKILL: the program would outlive it.
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true });
});

/**
 * A program that listens, as a service does: says so with its version, and when it is asked to end drains until
 * `letDrain`. All versions have one socket, so two that listen at once would not do.
 */
const program = (version: string) => `
  console.log('version ${version} loads');
  const server = require('node:net').createServer().listen('socket');
  server.on('listening', () => console.log('version ${version} runs'));
  process.on('SIGTERM', () => {
    const looking = setInterval(() => {
      if (!require('node:fs').existsSync('drained')) return;
      clearInterval(looking);
      server.close(() => { console.log('version ${version} drains'); process.exit(0); });
    }, 20);
  });
`;

/** From now on whatever drains has nothing left to do. */
const letDrain = () => writeFileSync(join(folder, 'drained'), '');

/** Puts a new file in the place of the old one: another inode, as \`tar\` leaves it. */
function replace(text: string): void {
  writeFileSync(join(folder, 'new.js'), text);
  renameSync(join(folder, 'new.js'), join(folder, 'main.js'));
}

function start(): ChildProcess {
  const script = join(import.meta.dirname, '../restart-on-change.mjs');
  const started = spawn(process.execPath, [script, '--enable-source-maps', 'main.js'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
  child = started;
  return started;
}

const said = (text: string) =>
  waitFor(() => output.includes(text), { timeoutMs: 20_000, description: text });

test('every replacement is noticed, and the version before it drains', async () => {
  letDrain();
  replace(program('1'));
  start();
  await said('version 1 runs');
  for (const version of ['2', '3', '4']) {
    replace(program(version));
    await said(`version ${version} runs`);
    assert.ok(output.includes(`version ${Number(version) - 1} drains`), output);
  }
});

test('the next one loads while the one before drains, and listens when that is gone', async () => {
  replace(program('1'));
  start();
  await said('version 1 runs');
  replace(program('2'));
  await said('version 2 loads');
  assert.ok(!output.includes('version 1 drains'), output);
  letDrain();
  await said('version 2 runs');
  const order = ['version 2 loads', 'version 1 drains', 'version 2 runs'];
  const places = order.map((text) => output.indexOf(text));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    output,
  );
});

test('a change while the one before drains: the newest takes over, and a slip costs nothing', async () => {
  replace(program('1'));
  start();
  await said('version 1 runs');
  replace(program('2'));
  await said('version 2 loads');
  replace("throw new Error('a slip')");
  await said('ended (code 1)');
  replace(program('4'));
  await said('version 4 loads');
  letDrain();
  await said('version 4 runs');
  assert.ok(!output.includes('version 2 runs'), output);
});

test('a program that ends by itself is started again when it changes', async () => {
  replace("throw new Error('a slip')");
  start();
  await said('ended (code 1)');
  replace(program('2'));
  await said('version 2 runs');
});

test('SIGTERM drains the program and ends with its code', async () => {
  replace(program('1'));
  const runner = start();
  await said('version 1 runs');
  const ended = once(runner, 'exit');
  letDrain();
  runner.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.match(output, /version 1 drains/);
});
