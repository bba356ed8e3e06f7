// Stands in for a service's program under the runner of tools/dev: runs the service's image instead and behaves as the
// program would. It says when it is ready, hands signals on, and ends as the container ends. `writePrograms` writes the
// `main.js` that leads here.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  runArguments,
  secretFile,
  secretSettings,
  serviceSettings,
  writtenFolders,
} from './arguments';
import { openFolder } from './folders';
import { readOrder } from './order';

const { app, image, label, docker, limits, settings } = readOrder();
const command = process.argv.slice(2);
const name = `quayside-${app}-${command[0] ?? 'service'}-${randomBytes(4).toString('hex')}`;
const env = serviceSettings(process.env, settings);

/** Readable by the container's user, who is nobody on the host. */
function writeSecrets(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-secrets-'));
  chmodSync(folder, 0o755);
  for (const setting of Object.keys(secretSettings) as (keyof typeof secretSettings)[]) {
    if (env[setting] !== undefined) writeFileSync(secretFile(folder, setting), env[setting]);
  }
  return folder;
}

const secretsFolder = writeSecrets();
writtenFolders(env).forEach(openFolder);
const run = { image, name, label, command: ['main.js', ...command], env, secretsFolder, limits };
const child = spawn(docker, runArguments(run), { stdio: ['ignore', 'inherit', 'inherit'] });
let ended = false;

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  // The client hands it on to the container's first process.
  process.on(signal, () => child.kill(signal));
}

child.once('error', ({ message }) => {
  console.error(`${docker}: ${message}`);
  process.exit(127);
});
child.once('exit', (code) => {
  ended = true;
  rmSync(secretsFolder, { recursive: true, force: true });
  process.exit(code ?? 1);
});

async function isReady(): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${env.ADMIN_PORT ?? ''}/readyz`;
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The container's first process as the host knows it: what `kill -9` is meant for. */
async function processOf(container: string): Promise<number> {
  const format = ['--format', '{{.State.Pid}}'];
  const { stdout } = await promisify(execFile)(docker, ['inspect', ...format, container]);
  return Number(stdout);
}

async function sayWhenReady(): Promise<void> {
  while (!ended && !(await isReady())) await delay(50);
  if (!ended) process.send?.({ type: 'ready', pid: await processOf(name) });
}

if (command.length === 0) void sayWhenReady();
