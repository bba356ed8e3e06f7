import { spawn, type ChildProcess } from 'node:child_process';
import type { Placement } from './placement';
import { asUser } from './server-user';

/** A running postgres program. */
export interface Server {
  pid: number;
  port: number;
  /** Resolves when it has ended, with how. */
  exited: Promise<string>;
  /**
   * SIGINT, the default: fast shutdown, open transactions are rolled back. SIGQUIT: at once, the next start
   * recovers. Either keeps everything acknowledged.
   */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
}

/** The port was taken between choosing it and using it. */
export class PortTaken extends Error {}

const settings = {
  listen_addresses: '127.0.0.1',
  // Clients come over TCP; a socket file would need a short path that two users can enter.
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  // One server and no replica: nobody reads more of the log than recovery.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  // Fewer processes; the data is small and in memory.
  io_method: 'sync',
  jit: 'off',
  // The default is for disks that turn: with it a few dozen look-ups by key cost more than reading 10,000 rows.
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%d ',
};

/** For throw-away data only: a crash of the machine may lose everything. */
const testSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts the server and waits until it accepts connections. Throws PortTaken, or its last words. */
export function startServer(
  { data, binaries, user }: Placement,
  port: number,
  options: { forTests: boolean; onLog: (chunk: Buffer) => void },
): Promise<Server> {
  const all = { ...settings, ...(options.forTests ? testSettings : {}), port: String(port) };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', data, ...flags], {
    ...asUser(user),
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return whenReady(child, port, options.onLog);
}

function whenReady(child: ChildProcess, port: number, onLog: (chunk: Buffer) => void) {
  return new Promise<Server>((resolve, reject) => {
    const exited = new Promise<string>((done) => {
      child.once('error', (error) => done(error.message));
      child.once('close', (code, signal) => done(signal ?? `exit code ${code ?? 'unknown'}`));
    });
    let words = '';
    let ready = false;
    const listen = (chunk: Buffer): void => {
      onLog(chunk);
      if (ready) return;
      words = (words + chunk.toString()).slice(-4000);
      if (!words.includes('database system is ready to accept connections')) return;
      ready = true;
      resolve({ pid: child.pid ?? 0, port, exited, stop: (signal) => stop(child, exited, signal) });
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    void exited.then((how) => {
      if (words.includes('Address already in use')) reject(new PortTaken(`Port ${port} is taken.`));
      else reject(new Error(`PostgreSQL did not start (${how}): ${words.trim()}`));
    });
  });
}

async function stop(
  child: ChildProcess,
  exited: Promise<unknown>,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<void> {
  // SIGINT is the fast shutdown, SIGQUIT the immediate one: https://www.postgresql.org/docs/18/server-shutdown.html
  child.kill(signal);
  const impatient = setTimeout(() => child.kill('SIGQUIT'), 15_000);
  await exited;
  clearTimeout(impatient);
}
