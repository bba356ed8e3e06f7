// The first process of the stage `dev`: `node restart-on-change.mjs [options of node] main.js` runs the program and starts it anew when
// its file has changed. `node --watch` loses a file that is replaced instead of written to, as `tar` does and so Skaffold's
// sync (seen with Node 24.21: it noticed the first copy only); looking at the file's state does not.
import { spawn } from 'node:child_process';
import { unwatchFile, watchFile } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Milliseconds between two looks. A copy that takes longer is noticed again: while the program ends, that costs nothing;
 * after a crash nothing is waited for, so a file that is not whole is started, and once more when it is.
 */
const LOOK_MS = 50;

const args = process.argv.slice(2);
const file = args.at(-1);
const hold = ['--require', fileURLToPath(new URL('hold-listening.cjs', import.meta.url))];
/** What runs, or drains. */
let current;
let draining = false;
/** What takes its place: it has loaded its file and waits. */
let next;
let ending = false;

function launch(options) {
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const started = spawn(process.execPath, [...options, ...args], { stdio });
  // It may be gone already; that it is, comes as its exit.
  started.on('error', () => undefined);
  started.on('exit', (code, signal) => onExit(started, code, signal));
  return started;
}

function onExit(ended, code, signal) {
  if (ended === next) {
    next = undefined;
    tellEnd(code, signal);
    return;
  }
  // Given up for one with a newer file.
  if (ended !== current) return;
  current = next;
  next = undefined;
  draining = false;
  if (ending) process.exit(code ?? 1);
  if (current) current.send('go', () => undefined);
  else tellEnd(code, signal);
}

function tellEnd(code, signal) {
  // As with --watch: whoever edits will repair it, and wants to see why it ended.
  console.error(
    `${file} ended (${signal ?? `code ${code}`}); it is started again when it changes.`,
  );
}

watchFile(file, { interval: LOOK_MS }, (now) => {
  // Between its removal and its return a replaced file is not there.
  if (ending || now.ino === 0) return;
  if (current === undefined) {
    current = launch([]);
    return;
  }
  // Once: a service takes the second signal for impatience.
  if (!draining) current.kill('SIGTERM');
  draining = true;
  // It has loaded a file that was not whole, perhaps, and done nothing else.
  next?.kill('SIGKILL');
  next = launch(hold);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    ending = true;
    unwatchFile(file);
    next?.kill('SIGKILL');
    next = undefined;
    if (current === undefined) process.exit(0);
    current.kill(signal);
  });
}

current = launch([]);
