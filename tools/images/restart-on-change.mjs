// The first process of the stage `dev`: `node restart-on-change.mjs [options of node] main.js` runs the program and starts it anew when
// its file has changed. `node --watch` loses a file that is replaced instead of written to, as `tar` does and so Skaffold's
// sync (seen with Node 24.21: it noticed the first copy only); looking at the file's state does not.
import { spawn } from 'node:child_process';
import { unwatchFile, watchFile } from 'node:fs';

/** Milliseconds between two looks. A copy that takes longer is noticed again: while the program ends, that costs nothing. */
const LOOK_MS = 50;

const args = process.argv.slice(2);
const file = args.at(-1);
let child;
let ending = false;
let restart = false;

function start() {
  child = spawn(process.execPath, args, { stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    child = undefined;
    if (ending) process.exit(code ?? 1);
    if (restart) {
      restart = false;
      start();
      return;
    }
    // As with --watch: whoever edits will repair it, and wants to see why it ended.
    console.error(
      `${file} ended (${signal ?? `code ${code}`}); it is started again when it changes.`,
    );
  });
}

watchFile(file, { interval: LOOK_MS }, (now) => {
  // Between its removal and its return a replaced file is not there.
  if (ending || now.ino === 0) return;
  if (child === undefined) {
    start();
    return;
  }
  restart = true;
  child.kill('SIGTERM');
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    ending = true;
    unwatchFile(file);
    if (child === undefined) process.exit(0);
    child.kill(signal);
  });
}

start();
