import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../ports';
import { workspaceRoot } from '../workspace';
import { superuser } from './cluster';
import type { PostgresMessage, PostgresProcessOptions } from './messages';

/** How to start a server. */
export interface StartPostgresOptions {
  /** The cluster's own folder; made when absent, kept unless `removeOnStop`. */
  dataDir: string;
  /** The wished port; another is taken (and said) when it is in use. 0, the default: any. */
  port?: number;
  /** The superuser's password; a new one by default, which suits new data only. */
  password?: string;
  /** Faster, not durable. */
  forTests?: boolean;
  /** Deletes the data folder at the end; by default for tests. */
  removeOnStop?: boolean;
  /** File that the server's log is appended to; `<dataDir>.log` by default, nothing for tests. */
  logFile?: string;
  onNotice?: (text: string) => void;
}

/** A running server. It ends with the process that started it, even if that one is killed. */
export interface Postgres {
  host: string;
  port: number;
  /** Of the server itself. */
  pid: number;
  /** Where the data really is. */
  dataDir: string;
  /** Superuser's connection string, database `postgres`. */
  adminUrl: string;
  /** Resolves when the server has ended, wanted or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/** Starts PostgreSQL under a process of its own. Throws a sentence that says what to do. */
export async function startPostgres(options: StartPostgresOptions): Promise<Postgres> {
  const { dataDir, forTests = false } = options;
  const wished = options.port ?? 0;
  const port = wished > 0 ? await freePort(wished) : 0;
  if (port !== wished) options.onNotice?.(`Port ${wished} is taken; PostgreSQL uses ${port}.`);
  const password = options.password ?? randomBytes(18).toString('base64url');
  const child = spawnPostgres(
    {
      dataDir,
      port,
      password,
      forTests,
      removeOnStop: options.removeOnStop ?? forTests,
      takeOver: false,
    },
    forTests ? options.logFile : (options.logFile ?? `${dataDir}.log`),
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await firstAnswer(child, options.onNotice);
  // The caller may end without stopping it: the process notices and ends the server.
  child.unref();
  child.channel?.unref();
  return {
    host,
    port: ready.ports.postgres,
    pid: ready.pid,
    dataDir: ready.dataDir,
    adminUrl: `postgres://${superuser}:${password}@${host}:${ready.ports.postgres}/postgres`,
    exited,
    stop: async () => {
      child.ref();
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function spawnPostgres(options: PostgresProcessOptions, logFile: string | undefined): ChildProcess {
  if (logFile !== undefined) mkdirSync(dirname(logFile), { recursive: true });
  const log = logFile === undefined ? ('ignore' as const) : openSync(logFile, 'a');
  try {
    return spawn(process.execPath, postgresProgram(), {
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: {
        PATH: process.env.PATH,
        TMPDIR: process.env.TMPDIR,
        QUAYSIDE_POSTGRES: JSON.stringify(options),
      },
      cwd: workspaceRoot,
    });
  } finally {
    if (typeof log === 'number') closeSync(log);
  }
}

/** node's arguments that run the PostgreSQL process: the source when this is source, else the bundle. */
function postgresProgram(): string[] {
  return __filename.endsWith('.ts')
    ? ['--import', 'tsx', join(__dirname, 'process.ts')]
    : [join(workspaceRoot, 'dist/tools/dev/postgres.js')];
}

function firstAnswer(child: ChildProcess, onNotice: StartPostgresOptions['onNotice']) {
  return new Promise<Extract<PostgresMessage, { type: 'ready' }>>((resolve, reject) => {
    child.on('message', (message: PostgresMessage) => {
      if (message.type === 'notice') onNotice?.(message.text);
      if (message.type === 'failed') reject(new Error(message.message));
      if (message.type === 'ready') resolve(message);
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The PostgreSQL process ended (${code ?? 'killed'}).`)),
    );
  });
}
