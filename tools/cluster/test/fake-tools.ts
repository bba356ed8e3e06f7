import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../src/main.ts');
const tsx = resolve(import.meta.dirname, '../../../node_modules/tsx/dist/loader.mjs');

/** How `cluster:up` or `cluster:down` ended, and what it called. */
export interface Walk {
  status: number;
  stdout: string;
  stderr: string;
  /** Every call of a fake tool, as one line: program and arguments. */
  calls: string[];
}

/** A folder of stand-ins that record how they are called. */
export interface FakeTools {
  /** Puts a tool there; `script` is shell, run after the call was recorded. */
  add(name: string, script?: string): Promise<void>;
  run(...args: string[]): Promise<Walk>;
  /** What went to the standard input of `kubectl apply`. */
  applied(): Promise<string>;
  remove(): Promise<void>;
}

/** A temporary PATH with nothing but what a test puts on it. */
export async function fakeTools(): Promise<FakeTools> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-cluster-'));
  const bin = join(folder, 'bin');
  const record = join(folder, 'calls');
  await mkdir(bin);
  await writeFile(record, '');
  return {
    async add(name, script = '') {
      const file = join(bin, name);
      const lines = ['#!/bin/sh', `FOLDER='${folder}'`, `echo "${name} $*" >> '${record}'`, script];
      await writeFile(file, `${lines.join('\n')}\n`);
      await chmod(file, 0o755);
    },
    run: (...args) =>
      new Promise((done) => {
        // PATH holds the fakes alone: a kind or helm that is really installed is never started.
        const env = { PATH: bin, HOME: folder };
        const argv = ['--import', tsx, main, ...args];
        execFile(process.execPath, argv, { env }, (error, stdout, stderr) => {
          void readFile(record, 'utf8').then((text) => {
            const status = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
            done({ status, stdout, stderr, calls: text.split('\n').filter(Boolean) });
          });
        });
      }),
    applied: () => readFile(join(folder, 'applied'), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** kind as far as it is used: keeps the names of its clusters in a file. */
export const workingKind = `
: >> "$FOLDER/clusters"
case "$1" in
  get) while read -r line; do echo "$line"; done < "$FOLDER/clusters" ;;
  create) echo quayside > "$FOLDER/clusters" ;;
  delete) : > "$FOLDER/clusters" ;;
esac`;

/** kubectl as far as it is used: a metrics API is there once helm has installed metrics-server. */
export const workingKubectl = `
case "$*" in
  *"get apiservice"*) [ -e "$FOLDER/metrics-server" ] || exit 1 ;;
  *"--filename -"*) while read -r line || [ -n "$line" ]; do echo "$line"; done > "$FOLDER/applied" ;;
esac`;

export const workingHelm = `
case "$*" in
  *metrics-server*) : > "$FOLDER/metrics-server" ;;
esac`;
